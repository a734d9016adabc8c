"""Staff end an account's monthly plan."""

from django.db import transaction

from frontdesk.billing.actions.stop_plan import stop_plan
from frontdesk.billing.book import open_book
from frontdesk.billing.models import Subscription
from frontdesk.support.actor import Actor
from frontdesk.support.money import need_money_right
from frontdesk.support.settings import record_setting


def take_off_plan(*, by: Actor, account_id: int, subscription_id: int) -> Subscription:
    """End the subscription now, and return it; the tickets given stay until their month ends.

    Raises NotAllowed, or billing's NoSuchPlan or NoSuchAccount.
    """
    need_money_right(by)
    with transaction.atomic():
        # The book first, as whoever renews a plan does.
        open_book(provider_id=by.provider_id, account_id=account_id)
        was_running = Subscription.objects.running().filter(pk=subscription_id).exists()
        row = stop_plan(
            provider_id=by.provider_id,
            account_id=account_id,
            subscription_id=subscription_id,
            by_user_id=by.user.pk,
        )
        if was_running:
            record_setting("subscription", row.pk, "stopped", by=by)
        return row
