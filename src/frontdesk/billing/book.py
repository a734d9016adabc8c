"""Writes the ledger: lock the balance, look whether the act was done before, add a row."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Exists, OuterRef
from django.utils import timezone

from frontdesk.accounts.models import Account
from frontdesk.billing.errors import (
    BadAmount,
    BadReason,
    BadReference,
    NoSuchAccount,
    ReferenceReused,
)
from frontdesk.billing.models import Balance, EntryKind, LedgerEntry, Subscription
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


@dataclass(frozen=True, slots=True)
class Book:
    """An account's balance, locked until the end of the transaction, and the moment of the act."""

    balance: Balance
    now: datetime
    has_due_plan: bool = False


def open_book(*, provider_id: int, account_id: int) -> Book:
    """Lock the account's balance: whoever comes next waits. Raises NoSuchAccount.

    Call it inside a transaction, and read what depends on the balance after it.
    """
    now = timezone.now()
    rows = Balance.objects.filter(account_id=account_id, provider_id=provider_id)
    # What this says of plans may be a moment old; renewing looks again under the lock.
    due = Subscription.objects.due(now).filter(account_id=OuterRef("account_id"))
    locked = (
        rows.select_for_update(of=("self",), no_key=True)
        .select_related("provider__billing")
        .annotate(has_due_plan=Exists(due))
    )
    balance = locked.first()
    if balance is None:
        if not Account.objects.filter(pk=account_id, provider_id=provider_id).exists():
            raise NoSuchAccount
        # Two first acts at once: one inserts, both go on with the row that is there.
        Balance.objects.bulk_create(
            [Balance(account_id=account_id, provider_id=provider_id)], ignore_conflicts=True
        )
        balance = locked.get()
    # The lock may have taken a while: rows of one account are to be in the order of time.
    return Book(balance=balance, now=timezone.now(), has_due_plan=balance.has_due_plan)


def earlier_entry(book: Book, stamp: Stamp, *kinds: EntryKind) -> LedgerEntry | None:
    """Return the row that this reference wrote before, if it did.

    Raises BadReference, or ReferenceReused if the row is of another account, or of no such kind.
    """
    check_reference(stamp)
    entry = (
        LedgerEntry.objects.filter(provider_id=book.balance.provider_id, reference=stamp.reference)
        .select_related("lot")
        .first()
    )
    if entry and (entry.account_id != book.balance.account_id or entry.kind not in kinds):
        raise ReferenceReused
    return entry


def write(book: Book, entry: LedgerEntry, stamp: Stamp) -> LedgerEntry:
    """Add the row to the account's ledger and return it; the database moves balance and lot.

    Raises BadAmount when the balance would grow beyond what can be kept.
    """
    balance = book.balance
    balance.amount += entry.amount
    balance.units += entry.units
    if abs(balance.amount) > LARGEST_BALANCE:
        raise BadAmount
    entry.provider_id = balance.provider_id
    entry.account_id = balance.account_id
    entry.currency = balance.provider.currency
    entry.balance_after = balance.amount
    entry.units_after = balance.units
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
