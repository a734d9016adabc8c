"""Sums of money: decimal, with two digits after the point, in the provider's currency."""

from decimal import Decimal
from typing import TypedDict

from frontdesk.billing.errors import BadAmount

ZERO = Decimal("0.00")
CENT = Decimal("0.01")
# What one row may move, and what a balance can hold.
LARGEST_AMOUNT = Decimal("99999999.99")
LARGEST_BALANCE = Decimal("9999999999.99")


class Digits(TypedDict):
    """How a column keeps money."""

    max_digits: int
    decimal_places: int


MONEY = Digits(max_digits=12, decimal_places=2)


def money_text(amount: Decimal, currency: str) -> str:
    """Return a sum as people read it: 5.00 EUR, −3.00 EUR."""
    sign = "−" if amount < 0 else ""
    return f"{sign}{abs(amount):.2f} {currency}"


def checked_amount(amount: Decimal) -> Decimal:
    """Return a sum to be moved, with exactly two digits after the point.

    Raises BadAmount unless it is positive, has at most two digits after the point, and is no
    larger than one row may move. Nothing is rounded: who types 1.005 is asked what he meant.
    """
    if not amount.is_finite() or not ZERO < amount <= LARGEST_AMOUNT:
        raise BadAmount
    kept = amount.quantize(CENT)
    if kept != amount:
        raise BadAmount
    return kept
