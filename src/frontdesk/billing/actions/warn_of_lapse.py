"""Owners are told that tickets lapse soon."""

from collections.abc import Callable

from django.utils import timezone

from frontdesk.billing.book import Book
from frontdesk.billing.models import AllowanceLot, LapseWarning, LedgerEntry
from frontdesk.billing.rounds import go_round


def warn_of_lapse(*, tell: Callable[[AllowanceLot], object]) -> int:
    """Call `tell` once in the life of each lot that lapses soon; return how many there were.

    To be run every few minutes. Run late, twice or side by side, each lot is told of once: the
    mark and what `tell` writes are of one transaction. Moves nothing. Raises RoundIncomplete.
    """
    told = 0

    def warn(book: Book) -> list[LedgerEntry]:
        nonlocal told
        told += _warn(book, tell)
        return []

    go_round(AllowanceLot.objects.to_be_warned_of(timezone.now()), warn, None)
    return told


def _warn(book: Book, tell: Callable[[AllowanceLot], object]) -> int:
    due = AllowanceLot.objects.to_be_warned_of(book.now).filter(account_id=book.account_id)
    lots = list(due.order_by("expires_at", "id"))
    for lot in lots:
        LapseWarning.objects.create(lot=lot, created_at=book.now)
        tell(lot)
    return len(lots)
