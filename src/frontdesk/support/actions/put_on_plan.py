"""Staff put an account on a monthly plan."""

from django.db import transaction

from frontdesk.billing.actions.start_plan import start_plan
from frontdesk.billing.models import LedgerEntry, Subscription
from frontdesk.support.actor import Actor
from frontdesk.support.money import money_stamp, need_money_right, record_entry
from frontdesk.support.settings import record_setting


def put_on_plan(*, by: Actor, account_id: int, plan_id: int, key: str) -> Subscription:
    """Put the account on the plan from today, with its first tickets; return the subscription.

    The same key again changes nothing. Raises NotAllowed, or what billing's start_plan raises.
    """
    need_money_right(by)
    with transaction.atomic():
        row = start_plan(
            provider_id=by.provider_id,
            account_id=account_id,
            plan_id=plan_id,
            stamp=money_stamp(by, "plan", key, ""),
        )
        if row.is_new:
            record_setting("subscription", row.pk, "started", by=by)
            record_entry(LedgerEntry.objects.get(lot__subscription=row), by=by)
        return row
