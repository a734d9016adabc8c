"""An account goes on a monthly plan."""

from zoneinfo import ZoneInfo

from django.db import transaction

from frontdesk.billing.book import Book, Stamp, check_reference, open_book
from frontdesk.billing.errors import AlreadyOnPlan, NoSuchPlan, ReferenceReused
from frontdesk.billing.models import Plan, Subscription
from frontdesk.billing.periods import period_at
from frontdesk.billing.renewal import give_period


def start_plan(*, provider_id: int, account_id: int, plan_id: int, stamp: Stamp) -> Subscription:
    """Put the account on the plan from today, give the first month's tickets, return the row.

    Months are counted from today by the provider's clock. The same reference again changes
    nothing. Records no event; the first tickets are `subscription.lots.get().entries.get()`.
    Raises NoSuchPlan, AlreadyOnPlan, NoSuchAccount, BadReference, ReferenceReused.
    """
    check_reference(stamp)
    with transaction.atomic():
        book = open_book(provider_id=provider_id, account_id=account_id)
        if earlier := _earlier(book, stamp, plan_id):
            return earlier
        plan = Plan.objects.filter(pk=plan_id, provider_id=provider_id, is_offered=True).first()
        if plan is None:
            raise NoSuchPlan
        if Subscription.objects.running().filter(account_id=account_id, plan=plan).exists():
            raise AlreadyOnPlan
        return _start(book, plan, stamp)


def _earlier(book: Book, stamp: Stamp, plan_id: int) -> Subscription | None:
    row = Subscription.objects.filter(
        provider_id=book.provider_id, reference=stamp.reference
    ).first()
    if row and (row.account_id, row.plan_id) != (book.account_id, plan_id):
        raise ReferenceReused
    return row


def _start(book: Book, plan: Plan, stamp: Stamp) -> Subscription:
    zone = ZoneInfo(book.time_zone)
    began_on = book.now.astimezone(zone).date()
    period = period_at(began_on, zone, book.now)
    subscription = Subscription.objects.create(
        provider_id=book.provider_id,
        account_id=book.account_id,
        plan=plan,
        began_on=began_on,
        next_at=period.ends_at,
        reference=stamp.reference,
        created_at=book.now,
    )
    subscription.is_new = True
    give_period(book, subscription, period, by_user_id=stamp.by_user_id)
    return subscription
