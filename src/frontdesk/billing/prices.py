"""A price rule as it is entered, and what clients of each kind would see by it."""

from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from frontdesk.accounts.models import Provider
from frontdesk.billing.models import BillingSettings
from frontdesk.billing.money import CENT, ZERO
from frontdesk.billing.offers import Offer, Terms, Wallet, make_offer


@dataclass(frozen=True, slots=True)
class Price:
    """A department's rule as it is entered. An empty `no_funds` leaves it to the provider's;
    `gives_back_late` gives back what a ticket took when its answer came later than promised."""

    charges: bool
    price: Decimal = ZERO
    no_funds: str = ""
    debt_limit: Decimal = ZERO
    gives_back_late: bool = False


class Situation(models.TextChoices):
    """What a client has when he opens a ticket."""

    ANY = "any", _("Every client")
    TICKETS = "tickets", _("Has available tickets")
    MONEY = "money", _("No tickets, enough on the balance")
    LITTLE = "little", _("No tickets, too little on the balance")
    NOTHING = "nothing", _("No tickets, and as much debt as is allowed")


@dataclass(frozen=True, slots=True)
class Sample:
    """One line of the preview: who would see which offer."""

    situation: Situation
    offer: Offer


def preview(price: Price, provider: Provider) -> list[Sample]:
    """Return what clients of each kind would see if this were the rule. Changes nothing."""
    if not price.charges:
        return [Sample(Situation.ANY, make_offer(None, Wallet()))]
    billing = BillingSettings.of(provider)
    debt = price.debt_limit if price.no_funds else billing.debt_limit
    terms = Terms(price.price, provider.currency, debt, billing.top_up_url)
    wallets = {
        Situation.TICKETS: Wallet(available=3),
        Situation.MONEY: Wallet(balance=price.price * 4),
        Situation.LITTLE: Wallet(balance=(price.price / 2).quantize(CENT, ROUND_DOWN)),
    }
    if debt:
        wallets[Situation.NOTHING] = Wallet(balance=-debt)
    return [Sample(who, make_offer(terms, wallet)) for who, wallet in wallets.items()]
