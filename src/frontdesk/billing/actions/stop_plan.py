"""An account leaves a monthly plan."""

from django.db import transaction

from frontdesk.billing.book import open_book
from frontdesk.billing.errors import NoSuchPlan
from frontdesk.billing.models import Subscription


def stop_plan(
    *, provider_id: int, account_id: int, subscription_id: int, by_user_id: int | None
) -> Subscription:
    """End the subscription now and return it; tickets given stay until their month ends.

    A stopped one stays as it was stopped first. Records no event.
    Raises NoSuchPlan, NoSuchAccount.
    """
    with transaction.atomic():
        book = open_book(provider_id=provider_id, account_id=account_id)
        subscription = Subscription.objects.filter(
            pk=subscription_id, account_id=account_id
        ).first()
        if subscription is None:
            raise NoSuchPlan
        if subscription.stopped_at is None:
            subscription.stopped_at = book.now
            subscription.stopped_by_id = by_user_id
            subscription.save(update_fields=["stopped_at", "stopped_by"])
        return subscription
