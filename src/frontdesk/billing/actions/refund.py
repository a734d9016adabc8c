"""Staff give back what was taken."""

from frontdesk.billing.book import Stamp
from frontdesk.billing.models import EntryKind, LedgerEntry
from frontdesk.billing.models.ledger import REFUNDABLE
from frontdesk.billing.reversal import Part, Reversal, reverse


def refund(
    *, provider_id: int, entry_id: int, part: Part | None = None, stamp: Stamp
) -> LedgerEntry:
    """Give back a price, a charge, a ticket or a package, and return the reversing row.

    `part` is None for all that is left. A ticket goes back into its lot with its old expiry:
    `entry.lapses_at_once` says that this has passed. Of a package, money is given back and
    unused tickets are taken. A reason is wanted. The same reference again gives nothing more.
    Records no event.
    Raises NoSuchEntry, NotReversible, TooMuchReversed (with what is left), BadAmount,
    BadReason, BadReference, ReferenceReused.
    """
    reversal = Reversal(provider_id, entry_id, part, EntryKind.REFUND)
    return reverse(reversal, allowed=REFUNDABLE, stamp=stamp)
