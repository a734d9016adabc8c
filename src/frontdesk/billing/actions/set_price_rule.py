"""An administrator sets what a ticket to a department costs."""

from frontdesk.billing.models import PriceRule
from frontdesk.billing.money import ZERO
from frontdesk.billing.prices import Price
from frontdesk.billing.terms_checks import checked_debt, checked_price


def set_price_rule(*, provider_id: int, department_id: int, price: Price) -> PriceRule:
    """Set the department's rule and return it. A free department forgets its price.

    The caller has loaded the department among the provider's own; the database refuses any
    other. Records no event. Raises BadSetting, whose `field` is one of Price's.
    """
    debt_limit = checked_debt(price.no_funds, price.debt_limit)
    rule, _is_new = PriceRule.objects.update_or_create(
        department_id=department_id,
        defaults={
            "provider_id": provider_id,
            "charges": price.charges,
            "price": checked_price("price", price.price) if price.charges else ZERO,
            "no_funds": price.no_funds,
            "debt_limit": debt_limit,
            "gives_back_late": price.charges and price.gives_back_late,
        },
    )
    return rule
