"""Gives the tickets of plan periods that have begun; always under the lock of the book."""

from zoneinfo import ZoneInfo

from frontdesk.billing.book import Book, Stamp, write
from frontdesk.billing.lots import new_lot
from frontdesk.billing.models import AllowanceLot, EntryKind, LedgerEntry, Source, Subscription
from frontdesk.billing.periods import Period, period_at


def renew_due_plans(book: Book) -> list[LedgerEntry]:
    """Give the account the tickets of the periods that began since, once each.

    A period that is already over gives nothing: its tickets would have lapsed with it.
    """
    due = (
        Subscription.objects.due(book.now)
        .filter(account_id=book.account_id)
        .select_related("plan")
        .order_by("id")
    )
    return [entry for subscription in due if (entry := _renew(book, subscription))]


def _renew(book: Book, subscription: Subscription) -> LedgerEntry | None:
    zone = ZoneInfo(book.time_zone)
    period = period_at(subscription.began_on, zone, book.now)
    # The provider's clock was moved back: the period of this moment was given before.
    was_given = period.number <= subscription.period
    subscription.period = max(period.number, subscription.period)
    subscription.next_at = period.ends_at
    subscription.save(update_fields=["period", "next_at"])
    return None if was_given else give_period(book, subscription, period)


def give_period(
    book: Book, subscription: Subscription, period: Period, by_user_id: int | None = None
) -> LedgerEntry:
    """Write the lot and the row of one period; what is not used when it ends lapses."""
    lot = new_lot(
        book,
        AllowanceLot(
            source=Source.PLAN,
            subscription=subscription,
            quantity=subscription.plan.quantity,
            starts_at=book.now,
        ),
        expires_at=period.ends_at,
    )
    entry = LedgerEntry(kind=EntryKind.PLAN, units=lot.quantity, lot=lot)
    return write(book, entry, Stamp(by_user_id, f"plan:{subscription.pk}:{period.number}"))
