"""Money is put on an account's balance, by the provider's billing or by hand."""

from decimal import Decimal

from django.db import transaction

from frontdesk.billing.actions.top_up import ToppedUp, top_up
from frontdesk.support.actor import Actor
from frontdesk.support.money import money_stamp, need_money_right, record_entry


def top_up_account(
    *, by: Actor, account_id: int, amount: Decimal, reason: str, key: str
) -> ToppedUp:
    """Add a sum to the balance, with the tickets that it earns, and return what was written.

    The same key again adds nothing more. Raises NotAllowed, or what billing's top_up raises.
    """
    need_money_right(by)
    with transaction.atomic():
        result = top_up(
            provider_id=by.provider_id,
            account_id=account_id,
            amount=amount,
            stamp=money_stamp(by, "top_up", key, reason),
        )
        if result.entry.is_new:
            record_entry(result.entry, by=by)
            for gift in result.gifts:
                record_entry(gift)
        return result
