"""An administrator writes the ready answers of staff."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction

from frontdesk.shared.text import storable
from frontdesk.support import errors
from frontdesk.support.actor import Actor
from frontdesk.support.models import CannedReply, Department
from frontdesk.support.settings import need_administrator, one_line, record_setting
from frontdesk.support.thread import TEXT_LENGTH

TITLE_LENGTH = 80


@dataclass(frozen=True, slots=True)
class CannedText:
    """A ready answer; without a department it is everybody's."""

    title: str
    text: str
    department_id: int | None = None


def save_canned_reply(*, by: Actor, canned: CannedText, reply_id: int | None = None) -> CannedReply:
    """Save a ready answer of the provider, a new one without an id, and return it.

    Raises NotAllowed, CannedReply.DoesNotExist or BadValue.
    """
    need_administrator(by)
    title = one_line("title", canned.title, most=TITLE_LENGTH)
    text = storable(canned.text).strip()
    if not text:
        raise errors.BadValue("text", errors.BadValue.MISSING)
    if len(text) > TEXT_LENGTH:
        raise errors.BadValue("text", errors.BadValue.TOO_LONG)
    department = _department(by, canned.department_id)
    try:
        with transaction.atomic():
            reply = _load(by, reply_id)
            reply.title, reply.text, reply.department = title, text, department
            reply.save()
            act = "changed" if reply_id else "created"
            record_setting("canned_reply", reply.pk, act, by=by)
            return reply
    except IntegrityError as error:
        if "canned_title_unique" in str(error):
            raise errors.BadValue("title", errors.BadValue.TAKEN) from None
        raise


def _department(by: Actor, department_id: int | None) -> Department | None:
    if department_id is None:
        return None
    found = Department.objects.filter(provider_id=by.provider_id, pk=department_id).first()
    if found is None:
        raise errors.BadValue("department", errors.BadValue.UNKNOWN)
    return found


def _load(by: Actor, reply_id: int | None) -> CannedReply:
    if reply_id is None:
        return CannedReply(provider_id=by.provider_id)
    # What is one person's own is not the administrator's to change.
    shared = CannedReply.objects.filter(provider_id=by.provider_id, owner__isnull=True)
    return shared.select_for_update(of=("self",)).get(pk=reply_id)
