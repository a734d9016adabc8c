"""An administrator deletes a ready answer."""

from django.db import transaction

from frontdesk.support.actor import Actor
from frontdesk.support.models import CannedReply
from frontdesk.support.settings import need_administrator, record_setting


def delete_canned_reply(*, by: Actor, reply_id: int) -> None:
    """Delete a shared ready answer; what was sent with it stays.

    Raises NotAllowed or CannedReply.DoesNotExist.
    """
    need_administrator(by)
    with transaction.atomic():
        shared = CannedReply.objects.filter(provider_id=by.provider_id, owner__isnull=True)
        reply = shared.select_for_update(of=("self",)).get(pk=reply_id)
        record_setting("canned_reply", reply.pk, "deleted", by=by)
        reply.delete()
