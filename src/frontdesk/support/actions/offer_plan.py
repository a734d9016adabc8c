"""An administrator offers a monthly plan, changes it or takes it off."""

from django.db import transaction

from frontdesk.billing.actions.save_plan import PlanFacts, save_plan
from frontdesk.billing.models import Plan
from frontdesk.support.actor import Actor
from frontdesk.support.settings import need_administrator, record_setting


def offer_plan(*, by: Actor, facts: PlanFacts, plan_id: int | None = None) -> Plan:
    """Save a plan of the provider, a new one without an id, and return it.

    Raises NotAllowed, or billing's BadSetting or NoSuchPlan.
    """
    need_administrator(by)
    with transaction.atomic():
        saved = save_plan(provider_id=by.provider_id, plan_id=plan_id, facts=facts)
        record_setting("plan", saved.pk, "changed" if plan_id else "created", by=by)
        return saved
