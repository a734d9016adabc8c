"""The owner of an account buys a package of tickets from its balance."""

from django.db import transaction

from frontdesk.accounts.models import Member
from frontdesk.billing.actions.buy_package import buy_package
from frontdesk.billing.consent import Consent
from frontdesk.billing.models import LedgerEntry
from frontdesk.support import errors
from frontdesk.support.actor import Actor
from frontdesk.support.money import client_stamp, record_entry


def purchase_package(
    *, by: Actor, account_id: int, package_id: int, consent: Consent, key: str
) -> LedgerEntry:
    """Take the price from the account's balance, add the tickets, and return the ledger's row.

    It spends what all members share, so only an owner may. The same key again buys nothing
    more. Raises NotAllowed, or what billing's buy_package raises.
    """
    owners = Member.objects.filter(
        provider_id=by.client.provider_id, account_id=account_id, is_owner=True
    )
    if not owners.filter(user_id=by.user.pk).exists():
        raise errors.NotAllowed
    with transaction.atomic():
        entry = buy_package(
            provider_id=by.provider_id,
            account_id=account_id,
            package_id=package_id,
            consent=consent,
            stamp=client_stamp(by, "package", key),
        )
        if entry.is_new:
            record_entry(entry, by=by)
        return entry
