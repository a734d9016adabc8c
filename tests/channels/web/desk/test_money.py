"""The money of a client at the desk: moved by those who may, once, and told in the ticket."""

import pytest
from django.test import Client

from frontdesk.billing.models import BillingSettings, LedgerEntry, Plan, Subscription
from frontdesk.support.models import Message
from tests.billing.money import pay_in, purse
from tests.factories import a_ticket
from tests.people import House


@pytest.fixture
def hana_at(house: House) -> Client:
    client = Client()
    client.force_login(house.hana)
    return client


def address(house: House) -> str:
    return f"/northhost/desk/clients/{house.bakery.pk}/money/"


def test_a_repeated_grant_gives_once(house: House, hana_at: Client):
    form = {"act": "grant", "quantity": "3", "reason": "Sorry", "key": "k1"}

    for _turn in range(2):
        assert hana_at.post(address(house), form).status_code == 303

    assert purse(house.bakery) == ("0.00", 3)


def test_a_wrong_sum_comes_back_with_the_reason_typed(house: House, hana_at: Client):
    form = {"act": "top_up", "amount": "five", "reason": "Cash paid", "key": "k1"}

    response = hana_at.post(address(house), form)

    assert response.status_code == 422
    assert 'value="Cash paid"' in response.content.decode()
    assert not LedgerEntry.objects.exists()


def test_a_plan_is_started_and_stopped(house: House, hana_at: Client):
    plan = Plan.objects.create(provider=house.north, name="Care", quantity=5)
    hana_at.post(address(house), {"act": "start", "plan": plan.pk, "key": "k1"})
    row = Subscription.objects.get()

    hana_at.post(address(house), {"act": "stop", "subscription": row.pk})

    row.refresh_from_db()
    assert row.stopped_at is not None
    assert purse(house.bakery) == ("0.00", 5)


def test_a_part_of_a_top_up_is_corrected_and_never_more(house: House, hana_at: Client):
    row = pay_in(house.bakery, "5.00")
    form = {"how": "part", "amount": "2,00", "reason": "Typed wrong", "key": "k1"}
    hana_at.post(f"{address(house)}{row.pk}/", form)

    more = {**form, "amount": "4.00", "key": "k2"}
    refused = hana_at.post(f"{address(house)}{row.pk}/", more)

    assert refused.status_code == 422
    assert purse(house.bakery)[0] == "3.00"


def test_a_charge_is_taken_once_and_the_client_is_told(house: House, hana_at: Client):
    ticket = a_ticket(house.alice, house.technical)
    pay_in(house.bakery, "20.00")
    form = {"amount": "7.50", "reason": "Moved a mailbox", "key": "k1"}

    for _turn in range(2):
        hana_at.post(f"/northhost/desk/tickets/{ticket.pk}/charge/", form)

    told = Message.objects.filter(ticket=ticket, text__contains="7.50 EUR")
    assert purse(house.bakery)[0] == "12.50"
    assert "Moved a mailbox" in told.get().text


def test_a_charge_beyond_the_balance_takes_and_says_nothing(house: House, hana_at: Client):
    ticket = a_ticket(house.alice, house.technical)
    form = {"amount": "7.50", "reason": "Moved a mailbox", "key": "k1"}

    response = hana_at.post(f"/northhost/desk/tickets/{ticket.pk}/charge/", form)

    assert response.status_code == 422
    assert Message.objects.filter(ticket=ticket).count() == 1


def test_agents_come_in_only_where_the_provider_lets_them(house: House, client: Client):
    client.force_login(house.sam)
    before = client.get(address(house)).status_code
    BillingSettings.objects.create(provider=house.north, agents_may_charge=True)

    assert (before, client.get(address(house)).status_code) == (404, 200)


def test_the_card_of_a_ticket_says_what_it_cost(house: House, hana_at: Client):
    ticket = a_ticket(house.alice, house.technical)
    pay_in(house.bakery, "20.00")
    form = {"amount": "7.50", "reason": "Moved a mailbox", "key": "k1"}
    card = f"/northhost/desk/tickets/{ticket.pk}/money/"
    assert "Free" in hana_at.get(card).content.decode()

    hana_at.post(f"/northhost/desk/tickets/{ticket.pk}/charge/", form)

    assert "Paid 7.50 EUR" in hana_at.get(card).content.decode()
