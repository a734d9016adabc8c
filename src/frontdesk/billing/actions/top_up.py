"""Money comes onto an account's balance."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from frontdesk.billing.actions.grant_for_event import give_for_top_up, top_up_cause
from frontdesk.billing.book import (
    Stamp,
    check_same,
    earlier_entry,
    open_book,
    with_reason,
    write,
)
from frontdesk.billing.models import EntryKind, LedgerEntry
from frontdesk.billing.money import checked_amount


@dataclass(frozen=True, slots=True)
class ToppedUp:
    """The row of the money, and those of the tickets that it earned."""

    entry: LedgerEntry
    gifts: tuple[LedgerEntry, ...] = ()


def top_up(*, provider_id: int, account_id: int, amount: Decimal, stamp: Stamp) -> ToppedUp:
    """Add a sum in the provider's currency to the balance, and return what was written.

    A reason is wanted: what was paid, or why staff add it. The same reference again adds
    nothing more. Records no event.
    Raises BadAmount, BadReason, NoSuchAccount, BadReference, ReferenceReused.
    """
    stamp = with_reason(stamp)
    amount = checked_amount(amount)
    with transaction.atomic():
        book = open_book(provider_id=provider_id, account_id=account_id)
        if entry := earlier_entry(book, stamp, EntryKind.TOP_UP):
            check_same(entry, amount=amount)
            return ToppedUp(entry, tuple(_gifts_of(entry)))
        entry = write(book, LedgerEntry(kind=EntryKind.TOP_UP, amount=amount), stamp)
        return ToppedUp(entry, tuple(give_for_top_up(book, entry)))


def _gifts_of(entry: LedgerEntry) -> list[LedgerEntry]:
    gifts = LedgerEntry.objects.filter(
        account_id=entry.account_id,
        pk__gt=entry.pk,
        kind=EntryKind.GIFT,
        reference__startswith=f"gift:{top_up_cause(entry)}:",
    )
    return list(gifts.order_by("id"))
