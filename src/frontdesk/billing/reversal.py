"""Reverses a ledger row, in full or in part, never by more than is left of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from django.db.models.functions import Coalesce

from frontdesk.billing.book import (
    Book,
    Stamp,
    check_same,
    earlier_entry,
    open_book,
    with_reason,
    write,
)
from frontdesk.billing.errors import (
    NoSuchEntry,
    NotReversible,
    ReferenceReused,
    TooMuchReversed,
)
from frontdesk.billing.models import EntryKind, LedgerEntry
from frontdesk.billing.money import ZERO, checked_amount


@dataclass(frozen=True, slots=True)
class Part:
    """How much of a row is reversed: a sum of money and a number of tickets, both positive."""

    amount: Decimal = ZERO
    units: int = 0


@dataclass(frozen=True, slots=True)
class Reversal:
    """Which row of which provider, how much of it (None: all that is left), and as what."""

    provider_id: int
    entry_id: int
    part: Part | None
    kind: EntryKind


def reverse(reversal: Reversal, *, allowed: Collection[EntryKind], stamp: Stamp) -> LedgerEntry:
    """Write the row that gives back, or takes back, a part of an earlier one, and return it.

    Raises NoSuchEntry, NotReversible, TooMuchReversed, BadAmount, BadReason, BadReference,
    ReferenceReused.
    """
    stamp = with_reason(stamp)
    entries = LedgerEntry.objects.filter(pk=reversal.entry_id, provider_id=reversal.provider_id)
    with transaction.atomic():
        account_id = entries.values_list("account_id", flat=True).first()
        if account_id is None:
            raise NoSuchEntry
        book = open_book(provider_id=reversal.provider_id, account_id=account_id)
        original = entries.select_related("lot").get()
        if entry := earlier_entry(book, stamp, reversal.kind):
            return _checked_earlier(entry, original, reversal.part)
        if original.kind not in allowed:
            raise NotReversible
        return _reverse(book, original, reversal, stamp)


def left_of(entry: LedgerEntry) -> Part:
    """Return how much of the row can still be reversed. One query.

    Tickets that were given can be taken back only while they are there.
    """
    before = entry.reversals.aggregate(
        amount=Coalesce(Sum("amount"), ZERO), units=Coalesce(Sum("units"), 0)
    )
    return _left(entry, before["amount"], before["units"])


def still_reversible(entries: Sequence[LedgerEntry], kinds: Collection[EntryKind]) -> set[int]:
    """Return the ids of those rows of these kinds of which something is left. One query."""
    possible = [entry for entry in entries if entry.kind in kinds]
    reversals = LedgerEntry.objects.filter(reverses__in=possible).order_by()
    sums = reversals.values("reverses_id").annotate(a=Sum("amount"), u=Sum("units"))
    before = {row["reverses_id"]: (row["a"], row["u"]) for row in sums}
    nothing = (ZERO, 0)
    return {
        entry.pk for entry in possible if _left(entry, *before.get(entry.pk, nothing)) != Part()
    }


def _left(entry: LedgerEntry, amount: Decimal, units: int) -> Part:
    """Return what is left of a row after reversals of so much, signed against its own."""
    units = abs(entry.units + units)
    if entry.units > 0 and entry.lot is not None:
        units = min(units, entry.lot.remaining)
    return Part(abs(entry.amount + amount), units)


def _checked_earlier(entry: LedgerEntry, original: LedgerEntry, part: Part | None) -> LedgerEntry:
    if entry.reverses_id != original.pk:
        raise ReferenceReused
    if part is not None:
        amount, units = _signed(original, part)
        check_same(entry, amount=amount, units=units)
    return entry


def _reverse(book: Book, original: LedgerEntry, reversal: Reversal, stamp: Stamp) -> LedgerEntry:
    left = left_of(original)
    part = left if reversal.part is None else reversal.part
    if part.amount:
        checked_amount(part.amount)
    is_within = 0 <= part.amount <= left.amount and 0 <= part.units <= left.units
    if not is_within or part == Part():
        raise TooMuchReversed(amount=left.amount, units=left.units, currency=original.currency)
    amount, units = _signed(original, part)
    entry = LedgerEntry(
        kind=reversal.kind,
        amount=amount,
        units=units,
        lot=original.lot if units else None,
        ticket_id=original.ticket_id,
        department_id=original.department_id,
        reverses=original,
    )
    return write(book, entry, stamp)


def _signed(original: LedgerEntry, part: Part) -> tuple[Decimal, int]:
    """Return the part with the signs that work against the original's."""
    amount = -part.amount if original.amount > 0 else part.amount
    units = -part.units if original.units > 0 else part.units
    return amount, units
