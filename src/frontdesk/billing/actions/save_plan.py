"""An administrator adds or changes a monthly plan."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction

from frontdesk.billing.errors import BadSetting, NoSuchPlan
from frontdesk.billing.models import Plan
from frontdesk.billing.terms_checks import checked_name, checked_tickets


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """A plan as it is entered: tickets for each month."""

    name: str
    quantity: int
    is_offered: bool = True
    position: int = 0


def save_plan(*, provider_id: int, plan_id: int | None, facts: PlanFacts) -> Plan:
    """Add a plan (`plan_id` None) or change one, and return it.

    Accounts on it get the new number from their next month on. Records no event.
    Raises BadSetting, whose `field` is one of the facts' (a name taken twice: `name`), or
    NoSuchPlan.
    """
    plan = Plan(provider_id=provider_id)
    if plan_id is not None:
        found = Plan.objects.filter(pk=plan_id, provider_id=provider_id).first()
        if found is None:
            raise NoSuchPlan
        plan = found
    plan.name = checked_name(facts.name)
    plan.quantity = checked_tickets(facts.quantity)
    plan.is_offered = facts.is_offered
    plan.position = facts.position
    try:
        with transaction.atomic():
            plan.save()
    except IntegrityError:
        raise BadSetting("name") from None
    return plan
