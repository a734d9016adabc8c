"""An administrator sets which tickets are given on which occasion."""

from dataclasses import dataclass
from decimal import Decimal

from frontdesk.billing.errors import BadSetting
from frontdesk.billing.models import Gift, Occasion
from frontdesk.billing.money import ZERO
from frontdesk.billing.terms_checks import checked_days, checked_price, checked_tickets


@dataclass(frozen=True, slots=True)
class GiftFacts:
    """A gift as it is entered. `least_amount` is the sum that a top-up must reach."""

    occasion: str
    quantity: int
    least_amount: Decimal = ZERO
    lasts_days: int | None = None
    is_on: bool = True


def save_gift(*, provider_id: int, gift_id: int | None, facts: GiftFacts) -> Gift:
    """Add a gift (`gift_id` None) or change one, and return it.

    What happened before it was added earns nothing. Records no event.
    Raises BadSetting, whose `field` is one of the facts', or Gift.DoesNotExist.
    """
    if facts.occasion not in Occasion.values:
        raise BadSetting("occasion")
    gift = Gift(provider_id=provider_id)
    if gift_id is not None:
        gift = Gift.objects.get(pk=gift_id, provider_id=provider_id)
    has_sum = facts.occasion != Occasion.REGISTRATION and facts.least_amount
    gift.occasion = facts.occasion
    gift.quantity = checked_tickets(facts.quantity)
    gift.least_amount = checked_price("least_amount", facts.least_amount) if has_sum else ZERO
    gift.lasts_days = checked_days(facts.lasts_days)
    gift.is_on = facts.is_on
    gift.save()
    return gift
