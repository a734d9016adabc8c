"""An administrator says what a ticket to a department costs."""

from django.db import transaction

from frontdesk.billing.actions.set_price_rule import set_price_rule
from frontdesk.billing.models import PriceRule
from frontdesk.billing.prices import Price
from frontdesk.support.actor import Actor
from frontdesk.support.models import Department
from frontdesk.support.settings import need_administrator, record_setting


def save_price_rule(*, by: Actor, department_id: int, price: Price) -> PriceRule:
    """Save the rule of a department of the provider, and return it.

    Raises NotAllowed, Department.DoesNotExist, or billing's BadSetting.
    """
    need_administrator(by)
    with transaction.atomic():
        own = Department.objects.filter(provider_id=by.provider_id)
        department = own.select_for_update(no_key=True).get(pk=department_id)
        rule = set_price_rule(provider_id=by.provider_id, department_id=department.pk, price=price)
        record_setting("price", department.pk, "changed", by=by)
        return rule
