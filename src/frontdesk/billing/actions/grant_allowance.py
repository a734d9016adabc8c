"""Staff, or the provider's billing, grant an account tickets."""

from datetime import datetime

from django.db import transaction

from frontdesk.billing.book import (
    Stamp,
    check_same,
    earlier_entry,
    open_book,
    with_reason,
    write,
)
from frontdesk.billing.errors import BadTime
from frontdesk.billing.lots import checked_quantity, new_lot
from frontdesk.billing.models import AllowanceLot, EntryKind, LedgerEntry, Source


def grant_allowance(
    *,
    provider_id: int,
    account_id: int,
    quantity: int,
    expires_at: datetime | None,
    stamp: Stamp,
) -> LedgerEntry:
    """Give an account `quantity` tickets, for good or until `expires_at`; return the row.

    A reason is wanted. The same reference again gives nothing more. Records no event.
    Raises BadQuantity, BadTime, BadReason, NoSuchAccount, BadReference, ReferenceReused.
    """
    stamp = with_reason(stamp)
    checked_quantity(quantity)
    with transaction.atomic():
        book = open_book(provider_id=provider_id, account_id=account_id)
        if entry := earlier_entry(book, stamp, EntryKind.GRANT):
            check_same(entry, units=quantity)
            return entry
        if expires_at is not None and expires_at <= book.now:
            raise BadTime
        lot = new_lot(
            book, AllowanceLot(source=Source.GRANTED, quantity=quantity), expires_at=expires_at
        )
        return write(book, LedgerEntry(kind=EntryKind.GRANT, units=quantity, lot=lot), stamp)
