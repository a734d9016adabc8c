"""Checks that the rules and goods which an administrator enters make sense."""

from decimal import Decimal

from frontdesk.billing.errors import BadAmount, BadSetting
from frontdesk.billing.lots import LARGEST_LOT
from frontdesk.billing.models import NoFunds
from frontdesk.billing.money import ZERO, checked_amount
from frontdesk.shared.text import storable

LONGEST_DAYS = 3660


def checked_price(field: str, amount: Decimal) -> Decimal:
    """Return a positive sum of money. Raises BadSetting with the field's name."""
    try:
        return checked_amount(amount)
    except BadAmount:
        raise BadSetting(field) from None


def checked_debt(no_funds: str, limit: Decimal) -> Decimal:
    """Return the debt limit of this rule: none where no debt is allowed, else a positive sum.

    Raises BadSetting.
    """
    if no_funds not in {"", *NoFunds.values}:
        raise BadSetting("no_funds")
    return checked_price("debt_limit", limit) if no_funds == NoFunds.DEBT else ZERO


def checked_name(name: str) -> str:
    """Return the name as it is kept. Raises BadSetting."""
    name = " ".join(storable(name).split())
    if not name or len(name) > 60:
        raise BadSetting("name")
    return name


def checked_tickets(quantity: int) -> int:
    """Return a number of tickets. Raises BadSetting."""
    if not 1 <= quantity <= LARGEST_LOT:
        raise BadSetting("quantity")
    return quantity


def checked_days(days: int | None) -> int | None:
    """Return a number of days; None for no end. Raises BadSetting."""
    if days is not None and not 1 <= days <= LONGEST_DAYS:
        raise BadSetting("lasts_days")
    return days
