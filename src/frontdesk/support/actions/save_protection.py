"""An administrator says how staff sign in, and how much the files of an account may weigh."""

from dataclasses import dataclass

from django.db import transaction

from frontdesk.accounts.models import Provider
from frontdesk.support import errors
from frontdesk.support.actor import Actor
from frontdesk.support.settings import need_administrator, record_setting

MOST_BYTES = 1024**5


@dataclass(frozen=True, slots=True)
class Protection:
    """What a provider asks for; `max_account_bytes` is for all files of one account."""

    staff_need_second_step: bool
    max_account_bytes: int


def save_protection(*, by: Actor, change: Protection) -> Provider:
    """Save it for the actor's provider, with an event for each change. Raises NotAllowed, BadValue.

    Files that are there already stay, whatever they weigh.
    """
    need_administrator(by)
    with transaction.atomic():
        provider = Provider.objects.select_for_update(no_key=True).get(pk=by.provider_id)
        if not provider.max_file_bytes <= change.max_account_bytes <= MOST_BYTES:
            raise errors.BadValue("max_account", errors.BadValue.UNKNOWN)
        if provider.staff_need_second_step != change.staff_need_second_step:
            act = "asked" if change.staff_need_second_step else "not_asked"
            record_setting("second_step", provider.pk, act, by=by)
        if provider.max_account_bytes != change.max_account_bytes:
            record_setting("max_account_bytes", provider.pk, "changed", by=by)
        provider.staff_need_second_step = change.staff_need_second_step
        provider.max_account_bytes = change.max_account_bytes
        provider.save(update_fields=["staff_need_second_step", "max_account_bytes"])
        return provider
