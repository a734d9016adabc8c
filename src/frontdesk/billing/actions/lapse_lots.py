"""Tickets that were not used in time lapse."""

from django.db.models import Max
from django.utils import timezone

from frontdesk.billing.book import Book, Stamp, write
from frontdesk.billing.models import AllowanceLot, EntryKind, LedgerEntry
from frontdesk.billing.rounds import Then, go_round


def lapse_lots(*, then: Then | None = None) -> int:
    """Write off what is left of all expired lots; return how many rows were written.

    To be run every few minutes. Run late, twice or side by side, each lot lapses once; an
    expired ticket cannot be used, whether this has run or not. Records no event: `then` is
    called with each row inside its transaction and can. Raises RoundIncomplete.
    """
    return go_round(AllowanceLot.objects.expired(timezone.now()), _lapse, then)


def _lapse(book: Book) -> list[LedgerEntry]:
    expired = AllowanceLot.objects.expired(book.now)
    lots = list(expired.filter(account_id=book.account_id).order_by("id"))
    # A refund can fill an expired lot again: its last row tells one lapse from the next.
    rows = LedgerEntry.objects.filter(lot__in=lots).order_by()
    last_rows = dict(rows.values_list("lot").annotate(last=Max("id")))
    return [
        write(
            book,
            LedgerEntry(kind=EntryKind.LAPSE, units=-lot.remaining, lot=lot),
            Stamp(None, f"lapse:{lot.pk}:{last_rows[lot.pk]}"),
        )
        for lot in lots
    ]
