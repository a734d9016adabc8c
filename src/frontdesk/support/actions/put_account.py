"""The provider's billing says which accounts there are."""

from dataclasses import dataclass

from django.db import transaction

from frontdesk.accounts.models import Account
from frontdesk.billing.actions.grant_for_event import grant_for_event
from frontdesk.billing.models import Occasion
from frontdesk.support import errors
from frontdesk.support.actor import Actor
from frontdesk.support.money import record_entry
from frontdesk.support.settings import need_administrator, one_line, record_setting

ID_LENGTH = 64
NAME_LENGTH = 120


@dataclass(frozen=True, slots=True)
class PutAccount:
    """The account as it is now, and whether it was made by this."""

    account: Account
    is_new: bool


def put_account(*, by: Actor, external_id: str, name: str) -> PutAccount:
    """Make the account with this id in the provider's billing, or bring its name up to date.

    A new one gets what the provider gives on registration. Raises NotAllowed or BadValue.
    """
    need_administrator(by)
    external_id = checked_id("account_id", external_id)
    name = one_line("name", name, most=NAME_LENGTH)
    with transaction.atomic():
        account, is_new = Account.objects.select_for_update(no_key=True).get_or_create(
            provider_id=by.provider_id, external_id=external_id, defaults={"name": name}
        )
        if is_new:
            record_setting("account", account.pk, "created", by=by)
            gifts = grant_for_event(
                provider_id=by.provider_id,
                account_id=account.pk,
                occasion=Occasion.REGISTRATION,
            )
            for gift in gifts:
                record_entry(gift)
        elif account.name != name:
            account.name = name
            account.save(update_fields=["name"])
            record_setting("account", account.pk, "changed", by=by)
        return PutAccount(account, is_new)


def checked_id(field: str, text: str) -> str:
    """Return an id of the provider's billing: printable, without blanks at its ends.

    Raises BadValue.
    """
    text = text.strip()
    if not text:
        raise errors.BadValue(field, errors.BadValue.MISSING)
    if len(text) > ID_LENGTH:
        raise errors.BadValue(field, errors.BadValue.TOO_LONG)
    if not text.isprintable():
        raise errors.BadValue(field, errors.BadValue.UNKNOWN)
    return text
