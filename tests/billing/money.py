"""Says in a line what the tests of money do often."""

from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from itertools import count
from unittest.mock import patch

from frontdesk.accounts.models import Account, User
from frontdesk.billing.actions.grant_allowance import grant_allowance
from frontdesk.billing.actions.set_price_rule import set_price_rule
from frontdesk.billing.actions.take_offer import Taken, TicketPlace, take_offer
from frontdesk.billing.actions.top_up import top_up
from frontdesk.billing.book import Stamp
from frontdesk.billing.consent import Consent
from frontdesk.billing.models import LedgerEntry
from frontdesk.billing.prices import Price
from frontdesk.billing.promise import terms_of
from frontdesk.billing.summaries import account_summary
from frontdesk.support.actions.open_ticket import TicketRequest, open_ticket
from frontdesk.support.models import Department, Ticket
from tests.factories import new_key
from tests.people import as_staff

_numbers = count(1)
AGREED = Consent(is_confirmed=True)


def a_stamp(by: User | None = None, reason: str = "Agreed by phone.") -> Stamp:
    """Return a stamp with a reference that was not used before."""
    return Stamp(by.pk if by else None, f"test:{next(_numbers)}", reason)


def euros(text: str) -> Decimal:
    return Decimal(text)


def charge_for(department: Department, price: str = "5.00", **rule) -> None:
    """Let the department charge."""
    set_price_rule(
        provider_id=department.provider_id,
        department_id=department.pk,
        price=Price(charges=True, price=Decimal(price), **rule),
    )


def pay_in(account: Account, amount: str) -> LedgerEntry:
    """Put money on the account's balance."""
    return top_up(
        provider_id=account.provider_id,
        account_id=account.pk,
        amount=Decimal(amount),
        stamp=a_stamp(),
    ).entry


def grant(account: Account, quantity: int, expires_at: datetime | None = None) -> LedgerEntry:
    """Give the account tickets."""
    return grant_allowance(
        provider_id=account.provider_id,
        account_id=account.pk,
        quantity=quantity,
        expires_at=expires_at,
        stamp=a_stamp(),
    )


def place_of(ticket: Ticket) -> TicketPlace:
    return TicketPlace(ticket.provider_id, ticket.account_id, ticket.department_id, ticket.pk)


def take(ticket: Ticket, consent: Consent = AGREED, stamp: Stamp | None = None) -> Taken:
    """Take what the ticket's department asks."""
    return take_at(place_of(ticket), consent, stamp)


def take_at(place: TicketPlace, consent: Consent = AGREED, stamp: Stamp | None = None) -> Taken:
    """Take what the department of the place asks from the account of the place."""
    terms = terms_of(provider_id=place.provider_id, department_id=place.department_id)
    return take_offer(place=place, terms=terms, consent=consent, stamp=stamp or a_stamp())


def purse(account: Account) -> tuple[str, int]:
    """Return the balance and the usable tickets, for one comparison."""
    summary = account_summary(provider_id=account.provider_id, account_id=account.pk)
    return str(summary.balance), summary.available


@contextmanager
def clock_at(moment: datetime):
    """Let the program believe that it is this moment."""
    with patch("django.utils.timezone.now", return_value=moment):
        yield


def a_ticket(user: User, department: Department) -> Ticket:
    """Open a ticket that cost nothing yet, since staff opened it for the client."""
    place = user.memberships.get(provider=department.provider)
    request = TicketRequest(
        text="A question about the contract.",
        department_id=department.pk,
        account_id=place.account_id,
        requester_id=user.pk,
    )
    hana = User.objects.get(email="hana@northhost.example")
    return open_ticket(by=as_staff(hana), request=request, key=new_key())
