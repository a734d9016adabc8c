"""Reads an account's ledger: pages, newest first, and all of it as CSV."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from frontdesk.billing.models import EntryKind, LedgerEntry
from frontdesk.shared.csv_cells import Value

PAGE_SIZE = 50
# An id of PostgreSQL's bigint; a longer one in an address was made up.
MOST_DIGITS = 18


@dataclass(frozen=True, slots=True)
class LedgerFilter:
    """Which rows are wanted; what is empty does not filter. `until` itself is not included."""

    kinds: tuple[str, ...] = ()
    ticket_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """Rows, newest first, and the keys of the neighbouring pages; empty: there is none."""

    entries: list[LedgerEntry]
    older: str
    newer: str


def ledger_page(
    *, provider_id: int, account_id: int, wanted: LedgerFilter, older: str = "", newer: str = ""
) -> LedgerPage:
    """Return the rows that follow the key `older`, or precede `newer`; else the newest ones.

    One query whatever the length of the ledger. An unreadable key gives the newest rows.
    """
    rows = ledger_rows(provider_id=provider_id, account_id=account_id, wanted=wanted)
    if key := _read_key(newer):
        found = list(rows.filter(pk__gt=key).order_by("id")[: PAGE_SIZE + 1])
        shown = found[:PAGE_SIZE][::-1]
        return _page(shown, has_older=True, has_newer=len(found) > PAGE_SIZE)
    if key := _read_key(older):
        rows = rows.filter(pk__lt=key)
    found = list(rows[: PAGE_SIZE + 1])
    return _page(found[:PAGE_SIZE], has_older=len(found) > PAGE_SIZE, has_newer=key is not None)


def ledger_rows(
    *, provider_id: int, account_id: int, wanted: LedgerFilter
) -> QuerySet[LedgerEntry]:
    """Return an account's rows, newest first, with who acted and the lot they moved."""
    rows = LedgerEntry.objects.filter(provider_id=provider_id, account_id=account_id)
    if wanted.kinds:
        rows = rows.filter(kind__in=wanted.kinds)
    if wanted.ticket_id is not None:
        rows = rows.filter(ticket_id=wanted.ticket_id)
    if wanted.since is not None:
        rows = rows.filter(created_at__gte=wanted.since)
    if wanted.until is not None:
        rows = rows.filter(created_at__lt=wanted.until)
    return rows.select_related("by", "lot").order_by("-id")


def csv_rows(entries: QuerySet[LedgerEntry]) -> Iterator[list[Value]]:
    """Return the heading and the rows of a CSV file, for shared.csv_cells.csv_lines.

    Times are in the zone that is active, with their offset.
    """
    yield [
        _("Number"),
        _("Time"),
        _("What"),
        _("Ticket"),
        _("Amount"),
        _("Balance after"),
        _("Currency"),
        _("Tickets"),
        _("Tickets after"),
        _("Reason"),
        _("By"),
    ]
    for entry in entries.iterator(chunk_size=1000):
        yield [
            entry.pk,
            timezone.localtime(entry.created_at).isoformat(timespec="seconds"),
            str(EntryKind(entry.kind).label),
            entry.ticket_id,
            entry.amount,
            entry.balance_after,
            entry.currency,
            entry.units,
            entry.units_after,
            entry.reason,
            entry.by.name if entry.by else "",
        ]


def _read_key(text: str) -> int | None:
    is_number = text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
    return int(text) if is_number else None


def _page(entries: list[LedgerEntry], *, has_older: bool, has_newer: bool) -> LedgerPage:
    if not entries:
        return LedgerPage([], "", "")
    return LedgerPage(
        entries,
        older=str(entries[-1].pk) if has_older else "",
        newer=str(entries[0].pk) if has_newer else "",
    )
