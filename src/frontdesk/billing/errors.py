"""Why an act about money was refused: one named error a rule; nothing was changed or taken."""

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from frontdesk.billing.offers import CannotAfford, MustPay, Offer


class BillingRefused(Exception):
    """An act was refused by a rule. Nothing was changed, nothing was taken."""


class OfferChanged(BillingRefused):
    """What would be taken now is not what was shown; `offer` is what to show and ask again."""

    def __init__(self, offer: "Offer") -> None:
        super().__init__(f"the offer is now {offer.code}")
        self.offer = offer


class PriceNotConfirmed(BillingRefused):
    """This must be paid, and the payer did not say yes to the price."""

    def __init__(self, offer: "MustPay") -> None:
        super().__init__(f"{offer.price} {offer.currency} not confirmed")
        self.offer = offer


class CannotPay(BillingRefused):
    """Neither allowance nor the balance, with the debt allowed, covers the price."""

    def __init__(self, offer: "CannotAfford") -> None:
        super().__init__(f"{offer.missing} {offer.currency} missing")
        self.offer = offer


class BadAmount(BillingRefused):
    """Not a sum of money: zero or less, more than two digits after the point, or too large."""


class BadQuantity(BillingRefused):
    """Not a number of tickets that can be given: less than one, or too many."""


class BadTime(BillingRefused):
    """Tickets cannot lapse before they are there."""


class BadReason(BillingRefused):
    """A reason is missing, or longer than `limit` symbols."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"a reason of 1 to {limit} symbols is wanted")
        self.limit = limit


class BadReference(BillingRefused):
    """The reference that makes an act happen once is empty or too long."""


class ReferenceReused(BillingRefused):
    """The reference names an earlier act that was another one; the earlier one stands."""


class NoSuchAccount(BillingRefused):
    """The provider has no such account."""


class NoSuchEntry(BillingRefused):
    """The provider has no such ledger row."""


class NoSuchPackage(BillingRefused):
    """The package is unknown or no longer sold."""


class NoSuchPlan(BillingRefused):
    """The plan is unknown, no longer given, or the account is not on it."""


class AlreadyOnPlan(BillingRefused):
    """The account is on this plan already."""


class NotReversible(BillingRefused):
    """A row of this kind is not given back or corrected."""


class TooMuchReversed(BillingRefused):
    """More than is left of a row was to be given back or corrected; figures are what is left."""

    def __init__(self, *, amount: Decimal, units: int, currency: str) -> None:
        super().__init__(f"{amount} {currency} and {units} tickets are left of it")
        self.amount = amount
        self.units = units
        self.currency = currency


class BadSetting(BillingRefused):
    """A price rule, package or plan makes no sense; `field` names what is wrong with it."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class CurrencyInUse(BillingRefused):
    """The ledger holds sums in the present currency, which cannot be read as another."""
