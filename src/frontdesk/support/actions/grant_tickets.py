"""An account is given tickets, by the provider's billing or by hand."""

from datetime import datetime

from django.db import transaction

from frontdesk.billing.actions.grant_allowance import grant_allowance
from frontdesk.billing.models import LedgerEntry
from frontdesk.support.actor import Actor
from frontdesk.support.money import money_stamp, need_money_right, record_entry


def grant_tickets(
    *,
    by: Actor,
    account_id: int,
    quantity: int,
    expires_at: datetime | None,
    reason: str,
    key: str,
) -> LedgerEntry:
    """Give an account tickets, for good or until a moment, and return the ledger's row.

    The same key again gives nothing more. Raises NotAllowed, or what grant_allowance raises.
    """
    need_money_right(by)
    with transaction.atomic():
        entry = grant_allowance(
            provider_id=by.provider_id,
            account_id=account_id,
            quantity=quantity,
            expires_at=expires_at,
            stamp=money_stamp(by, "grant", key, reason),
        )
        if entry.is_new:
            record_entry(entry, by=by)
        return entry
