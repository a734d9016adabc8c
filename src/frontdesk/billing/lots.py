"""Makes lots and chooses from them; always under the lock of the account's book."""

from datetime import datetime

from frontdesk.billing.book import Book
from frontdesk.billing.errors import BadQuantity
from frontdesk.billing.models import AllowanceLot

LARGEST_LOT = 100_000


def usable_lots(book: Book) -> list[AllowanceLot]:
    """Return the lots with tickets that can be used now, the one to be used next first."""
    if book.units <= 0:
        return []
    lots = AllowanceLot.objects.usable(book.now).filter(account_id=book.account_id)
    return list(lots.in_order_of_use())


def new_lot(book: Book, lot: AllowanceLot, *, expires_at: datetime | None) -> AllowanceLot:
    """Save an empty lot that begins now, unless it says otherwise; its ledger row fills it."""
    lot.provider_id = book.provider_id
    lot.account_id = book.account_id
    lot.starts_at = lot.starts_at or book.now
    lot.expires_at = expires_at
    lot.save(force_insert=True)
    return lot


def checked_quantity(quantity: int) -> int:
    """Return the number of tickets. Raises BadQuantity for less than one or too many."""
    if not 1 <= quantity <= LARGEST_LOT:
        raise BadQuantity
    return quantity
