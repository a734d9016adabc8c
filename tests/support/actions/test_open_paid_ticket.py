"""A ticket that costs something: what was shown is taken, with the ticket or not at all."""

from decimal import Decimal

import pytest

from frontdesk.billing.actions.set_price_rule import set_price_rule
from frontdesk.billing.consent import Consent
from frontdesk.billing.errors import CannotPay, OfferChanged, PriceNotConfirmed
from frontdesk.billing.models import LedgerEntry
from frontdesk.billing.prices import Price
from frontdesk.billing.summaries import account_summary
from frontdesk.support.actions.open_ticket import TicketRequest, open_ticket
from frontdesk.support.errors import EmptyMessage
from frontdesk.support.models import Event, EventKind, Ticket
from tests.billing.money import charge_for, grant, pay_in
from tests.factories import new_key
from tests.people import House, as_client, as_staff

SAID_NOTHING = Consent()
AGREED = Consent(shown="pay:5.00:EUR", is_confirmed=True, price=Decimal("5.00"))


@pytest.fixture
def paid(house: House) -> House:
    """Administration costs 5.00 EUR; the bakery has 20.00 EUR."""
    charge_for(house.administration)
    pay_in(house.bakery, "20.00")
    return house


def ask(
    house: House, consent: Consent = SAID_NOTHING, key: str = "", text: str = "New owner."
) -> Ticket:
    request = TicketRequest(text=text, department_id=house.administration.pk, consent=consent)
    return open_ticket(by=as_client(house.alice), request=request, key=key or new_key())


def balance(house: House) -> Decimal:
    return account_summary(provider_id=house.north.pk, account_id=house.bakery.pk).balance


def test_the_agreed_price_is_taken_with_the_ticket(paid: House) -> None:
    ticket = ask(paid, AGREED)

    entry = LedgerEntry.objects.get(ticket=ticket)
    event = Event.objects.get(kind=EventKind.TICKET_OPENED, ticket=ticket)
    assert (entry.amount, entry.balance_after) == (Decimal("-5.00"), Decimal("15.00"))
    assert event.data["entry"] == entry.pk


def test_an_available_ticket_is_used_before_money(paid: House) -> None:
    grant(paid.bakery, 1)

    ticket = ask(paid, Consent(shown="unit"))

    assert LedgerEntry.objects.get(ticket=ticket).units == -1
    assert balance(paid) == Decimal("20.00")


@pytest.mark.parametrize(
    ("consent", "error"),
    [
        (Consent(), PriceNotConfirmed),
        (Consent(shown="free", is_confirmed=True), OfferChanged),
        (Consent(shown="pay:4.00:EUR", is_confirmed=True), OfferChanged),
        (Consent(is_confirmed=True, price=Decimal("4.00")), OfferChanged),
    ],
)
def test_nothing_is_taken_that_was_not_agreed_to(paid: House, consent, error) -> None:
    with pytest.raises(error):
        ask(paid, consent)

    assert balance(paid) == Decimal("20.00")
    assert not Ticket.objects.exists()


def test_a_price_that_rose_meanwhile_asks_again(paid: House) -> None:
    charge_for(paid.administration, "6.00")

    with pytest.raises(OfferChanged) as refusal:
        ask(paid, AGREED)

    assert refusal.value.offer.price == Decimal("6.00")


def test_without_enough_money_the_ticket_is_not_opened(house: House) -> None:
    charge_for(house.administration)
    pay_in(house.bakery, "2.00")

    with pytest.raises(CannotPay) as refusal:
        ask(house, AGREED)

    assert refusal.value.offer.missing == Decimal("3.00")
    assert not Ticket.objects.exists()


def test_a_form_sent_twice_pays_once(paid: House) -> None:
    first = ask(paid, AGREED, key="form-1")
    again = ask(paid, Consent(), key="form-1")

    assert first == again
    assert balance(paid) == Decimal("15.00")


def test_the_form_that_was_asked_again_is_sent_under_the_same_key(paid: House) -> None:
    with pytest.raises(PriceNotConfirmed):
        ask(paid, key="form-2")

    ask(paid, AGREED, key="form-2")

    assert balance(paid) == Decimal("15.00")


def test_a_failed_ticket_takes_nothing(paid: House) -> None:
    with pytest.raises(EmptyMessage):
        ask(paid, AGREED, text=" ")

    assert balance(paid) == Decimal("20.00")


def test_what_staff_open_for_a_client_costs_him_nothing(paid: House) -> None:
    request = TicketRequest(
        text="We move your server.",
        department_id=paid.administration.pk,
        account_id=paid.bakery.pk,
    )

    open_ticket(by=as_staff(paid.sam), request=request, key=new_key())

    assert balance(paid) == Decimal("20.00")


def test_a_department_that_became_free_takes_nothing(paid: House) -> None:
    set_price_rule(
        provider_id=paid.north.pk, department_id=paid.administration.pk, price=Price(charges=False)
    )

    with pytest.raises(OfferChanged):
        ask(paid, AGREED)
    ask(paid, Consent(shown="free"))

    assert balance(paid) == Decimal("20.00")
