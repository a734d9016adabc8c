"""Staff correct what was added by mistake."""

from frontdesk.billing.book import Stamp
from frontdesk.billing.models import EntryKind, LedgerEntry
from frontdesk.billing.models.ledger import CORRECTABLE
from frontdesk.billing.reversal import Part, Reversal, reverse


def correct(
    *, provider_id: int, entry_id: int, part: Part | None = None, stamp: Stamp
) -> LedgerEntry:
    """Take back a top-up or tickets that should not have been given; return the reversing row.

    `part` is None for all that is left. Money may have been spent: the balance can fall below
    zero by it. Tickets are taken back only as far as they are there. A reason is wanted. The
    same reference again takes nothing more. Records no event.
    Raises NoSuchEntry, NotReversible, TooMuchReversed (with what is left), BadAmount,
    BadReason, BadReference, ReferenceReused.
    """
    reversal = Reversal(provider_id, entry_id, part, EntryKind.CORRECTION)
    return reverse(reversal, allowed=CORRECTABLE, stamp=stamp)
