"""Staff take back money or tickets that were added by mistake."""

from django.db import transaction

from frontdesk.billing.actions.correct import correct
from frontdesk.billing.models import LedgerEntry
from frontdesk.billing.reversal import Part
from frontdesk.support.actor import Actor
from frontdesk.support.money import money_stamp, need_money_right, record_entry


def correct_entry(
    *, by: Actor, entry_id: int, part: Part | None, reason: str, key: str
) -> LedgerEntry:
    """Take back a part of a ledger row, or with None all that is left; return the new row.

    The same key again takes nothing more. Raises NotAllowed, or what billing's correct raises.
    """
    need_money_right(by)
    with transaction.atomic():
        entry = correct(
            provider_id=by.provider_id,
            entry_id=entry_id,
            part=part,
            stamp=money_stamp(by, "correct", key, reason),
        )
        if entry.is_new:
            record_entry(entry, by=by)
        return entry
