"""The provider gives tickets on an occasion: a registration, a first top-up, a large one."""

from datetime import timedelta

from django.db import transaction

from frontdesk.billing.book import Book, Stamp, earlier_entry, open_book, write
from frontdesk.billing.lots import new_lot
from frontdesk.billing.models import AllowanceLot, EntryKind, Gift, LedgerEntry, Occasion, Source


def grant_for_event(*, provider_id: int, account_id: int, occasion: Occasion) -> list[LedgerEntry]:
    """Give what the provider gives on this occasion, once in the life of the account.

    For `Occasion.REGISTRATION`, when an account is made; top_up brings its own gifts.
    Returns the rows, those of an earlier call as well. Records no event.
    Raises NoSuchAccount.
    """
    with transaction.atomic():
        book = open_book(provider_id=provider_id, account_id=account_id)
        gifts = Gift.objects.filter(provider_id=provider_id, occasion=occasion, is_on=True)
        cause = f"{occasion}:{account_id}"
        return [_give(book, gift, cause) for gift in gifts.order_by("id")]


def give_for_top_up(book: Book, top_up: LedgerEntry) -> list[LedgerEntry]:
    """Give what this top-up earns; for the transaction that writes it."""
    earlier = LedgerEntry.objects.filter(
        account_id=book.account_id, kind=EntryKind.TOP_UP, pk__lt=top_up.pk
    )
    occasions = [Occasion.TOP_UP]
    if not earlier.exists():
        occasions.append(Occasion.FIRST_TOP_UP)
    gifts = Gift.objects.filter(
        provider_id=book.provider_id,
        occasion__in=occasions,
        is_on=True,
        least_amount__lte=top_up.amount,
    )
    return [_give(book, gift, top_up_cause(top_up)) for gift in gifts.order_by("id")]


def top_up_cause(top_up: LedgerEntry) -> str:
    """Return how the references of this top-up's gifts begin."""
    return f"entry:{top_up.pk}"


def _give(book: Book, gift: Gift, cause: str) -> LedgerEntry:
    stamp = Stamp(None, f"gift:{cause}:{gift.pk}")
    if entry := earlier_entry(book, stamp, EntryKind.GIFT):
        return entry
    days = gift.lasts_days
    lot = new_lot(
        book,
        AllowanceLot(source=Source.EVENT, quantity=gift.quantity),
        expires_at=book.now + timedelta(days=days) if days else None,
    )
    return write(book, LedgerEntry(kind=EntryKind.GIFT, units=lot.quantity, lot=lot), stamp)
