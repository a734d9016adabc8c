"""Writes the ledger: lock the balance, look whether the act was done before, add a row."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import connection
from django.db.transaction import TransactionManagementError
from django.utils import timezone

from frontdesk.accounts.models import Account
from frontdesk.billing.errors import (
    BadAmount,
    BadReason,
    BadReference,
    NoSuchAccount,
    ReferenceReused,
)
from frontdesk.billing.models import Balance, EntryKind, LedgerEntry
from frontdesk.billing.models.ledger import REASON_LENGTH, REFERENCE_LENGTH
from frontdesk.billing.money import LARGEST_BALANCE, ZERO
from frontdesk.shared.text import storable


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who acts, why, and the reference that makes the act happen once at its provider.

    The same reference again returns the first result. `by_user_id` is empty where the program
    acts by itself, or the provider's billing does.
    """

    by_user_id: int | None
    reference: str
    reason: str = ""


@dataclass(slots=True)
class Book:
    """What an account has, locked until the end of the transaction, and the moment of the act.

    `balance` and `units` follow each row that is written.
    """

    provider_id: int
    account_id: int
    balance: Decimal
    units: int
    currency: str
    time_zone: str
    has_due_plan: bool
    now: datetime


# Written out, because every paid ticket comes by here. What it says of plans may be a moment
# old when the lock was waited for; renewing looks again.
_LOCK = """
SELECT balance.amount, balance.units, provider.currency, provider.time_zone,
    EXISTS (
        SELECT FROM billing_subscription plan WHERE plan.account_id = balance.account_id
        AND plan.stopped_at IS NULL AND plan.next_at <= %s
    )
FROM billing_balance balance JOIN accounts_provider provider ON provider.id = balance.provider_id
WHERE balance.account_id = %s AND balance.provider_id = %s
FOR NO KEY UPDATE OF balance
"""


def open_book(*, provider_id: int, account_id: int) -> Book:
    """Lock the account's balance: whoever comes next waits. Raises NoSuchAccount.

    Call it inside a transaction, and read what depends on the balance after it.
    """
    found = _lock(provider_id, account_id)
    if found is None:
        if not Account.objects.filter(pk=account_id, provider_id=provider_id).exists():
            raise NoSuchAccount
        # Two first acts at once: one inserts, both go on with the row that is there.
        Balance.objects.bulk_create(
            [Balance(account_id=account_id, provider_id=provider_id)], ignore_conflicts=True
        )
        found = _lock(provider_id, account_id)
        assert found is not None
    # The lock may have taken a while: rows of one account are to be in the order of time.
    return Book(provider_id, account_id, *found, now=timezone.now())


def _lock(provider_id: int, account_id: int) -> tuple[Decimal, int, str, str, bool] | None:
    if not connection.in_atomic_block:
        raise TransactionManagementError("a book is opened inside a transaction")
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [timezone.now(), account_id, provider_id])
        row: tuple[Decimal, int, str, str, bool] | None = cursor.fetchone()
    return row


def earlier_entry(book: Book, stamp: Stamp, *kinds: EntryKind) -> LedgerEntry | None:
    """Return the row that this reference wrote before, if it did.

    Raises BadReference, or ReferenceReused if the row is of another account, or of no such kind.
    """
    check_reference(stamp)
    rows = LedgerEntry.objects.filter(provider_id=book.provider_id, reference=stamp.reference)
    # Hardly ever: to ask whether is quicker than to ask for all of it.
    if not rows.exists():
        return None
    entry = rows.select_related("lot").get()
    if entry.account_id != book.account_id or entry.kind not in kinds:
        raise ReferenceReused
    return entry


def write(book: Book, entry: LedgerEntry, stamp: Stamp) -> LedgerEntry:
    """Add the row to the account's ledger and return it; the database moves balance and lot.

    Raises BadAmount when the balance would grow beyond what can be kept.
    """
    book.balance += entry.amount
    book.units += entry.units
    if abs(book.balance) > LARGEST_BALANCE:
        raise BadAmount
    entry.provider_id = book.provider_id
    entry.account_id = book.account_id
    entry.currency = book.currency
    entry.balance_after = book.balance
    entry.units_after = book.units
    entry.by_id = stamp.by_user_id
    entry.reason = stamp.reason
    entry.reference = stamp.reference
    entry.created_at = book.now
    entry.save(force_insert=True)
    entry.is_new = True
    if entry.lot is not None:
        entry.lot.remaining += entry.units
    return entry


def check_reference(stamp: Stamp) -> None:
    """Raise BadReference for none, or for one that is too long or not printable."""
    reference = stamp.reference
    if not reference or len(reference) > REFERENCE_LENGTH or not reference.isprintable():
        raise BadReference


def with_reason(stamp: Stamp) -> Stamp:
    """Return the stamp with its reason as it is kept. Raises BadReason for none or too long."""
    reason = " ".join(storable(stamp.reason).split())
    if not reason or len(reason) > REASON_LENGTH:
        raise BadReason(REASON_LENGTH)
    return Stamp(stamp.by_user_id, stamp.reference, reason)


def check_same(entry: LedgerEntry, *, amount: Decimal = ZERO, units: int = 0) -> None:
    """Raise ReferenceReused when the earlier row moved something else than is asked now."""
    if (entry.amount, entry.units) != (amount, units):
        raise ReferenceReused
