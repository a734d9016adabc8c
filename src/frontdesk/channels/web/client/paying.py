"""What a new ticket will cost, said in its form before it is sent."""

from dataclasses import dataclass

from django.http import QueryDict

from frontdesk.billing.consent import Consent
from frontdesk.billing.offers import Free, Offer
from frontdesk.billing.promise import offers_for
from frontdesk.channels.web.money_words import price_in, read_price
from frontdesk.channels.web.visit import ClientVisit
from frontdesk.support.models import Department

MOST_SYMBOLS = 60


@dataclass(frozen=True, slots=True)
class PricedDepartment:
    """A department and what a ticket to it takes."""

    department: Department
    offer: Offer


def priced(
    visit: ClientVisit, account_id: int | None, departments: list[Department]
) -> list[PricedDepartment]:
    """Return the departments with their offers for this account, in their order.

    Who has several accounts and chose none yet is told when he has.
    """
    accounts = visit.reach.accounts
    if account_id not in accounts and len(accounts) == 1:
        account_id = next(iter(accounts))
    offers: dict[int, Offer] = {}
    if account_id in accounts and account_id is not None:
        offers = offers_for(provider_id=visit.provider.pk, account_id=account_id)
    return [
        PricedDepartment(department, offers.get(department.pk, Free()))
        for department in departments
    ]


def consent_in(values: QueryDict, department: str) -> Consent:
    """Return what the form showed of the department's price, and what was said to it.

    A box that was checked for one department and left for another agrees to the other's price
    only if it names that price.
    """
    shown = values.get(f"shown-{department}", "")[:MOST_SYMBOLS]
    said = values.getlist("confirm_price")
    prices = [price for price in map(read_price, said) if price is not None]
    price = price_in(shown)
    agreed = price if price in prices else (prices[-1] if prices else None)
    return Consent(shown=shown, is_confirmed=bool(said), price=agreed)
