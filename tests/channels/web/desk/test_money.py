"""The money of a client at the desk: moved by those who may, once, and told in the ticket."""

import re

import pytest
from django.test import Client

from frontdesk.accounts.models import User
from frontdesk.billing.models import BillingSettings, LedgerEntry, Plan, Subscription
from frontdesk.support.models import Message, Ticket
from tests.billing.money import charge_for, grant, pay_in, purse, take
from tests.channels.web.client.browser import HTMX, Browser, text_of
from tests.factories import a_ticket
from tests.people import House, as_staff


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


def test_what_was_moved_is_said_on_the_page_and_not_later(house: House, hana_at: Client):
    form = {"act": "top_up", "amount": "5.00", "reason": "Cash paid", "key": "k1"}

    page = hana_at.post(address(house), form, follow=True)

    assert "The balance is topped up." in text_of(page)
    assert "The balance is topped up." not in text_of(hana_at.get("/northhost/desk/"))


def test_half_a_day_is_not_sent_as_no_day_at_all(house: House, hana_at: Client):
    page = hana_at.get(address(house)).content.decode()

    form = next(f for f in re.findall(r"<form.*?</form>", page, re.DOTALL) if "expires_on" in f)
    assert "novalidate" not in form


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


def test_a_charge_without_its_key_takes_nothing(house: House, hana_at: Client):
    ticket = a_ticket(house.alice, house.technical)
    pay_in(house.bakery, "20.00")
    form = {"amount": "7.50", "reason": "Moved a mailbox"}

    response = hana_at.post(f"/northhost/desk/tickets/{ticket.pk}/charge/", form)

    assert response.status_code == 422
    assert purse(house.bakery)[0] == "20.00"


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


def card_of(house: House, person: User, ticket: Ticket, **headers: str) -> str:
    client = Client()
    client.force_login(person)
    response = client.get(f"/northhost/desk/tickets/{ticket.pk}/money/", headers=headers)
    return response.content.decode()


def test_the_card_is_a_whole_page_for_who_has_no_script(house: House):
    ticket = a_ticket(house.alice, house.technical)

    page, part = (card_of(house, house.sam, ticket, **headers) for headers in ({}, HTMX))

    assert page.startswith("<!doctype html>")
    assert f'href="/northhost/desk/tickets/{ticket.pk}/"' in page
    assert part.lstrip().startswith('<div class="spread"><h2>Money</h2>')


def test_who_may_move_no_money_sees_only_sums(house: House):
    ticket = a_ticket(house.alice, house.technical)
    pay_in(house.bakery, "20.00")

    sums = card_of(house, house.sam, ticket)
    BillingSettings.objects.create(provider=house.north, agents_may_charge=True)
    card = card_of(house, house.sam, ticket)

    assert "20.00 EUR" in sums
    for way in ("/charge/", f"/clients/{house.bakery.pk}/money/"):
        assert way not in sums
        assert way in card


def test_a_used_ticket_stands_in_the_ledger_as_one_ticket_less(house: House, hana_at: Client):
    charge_for(house.administration)
    grant(house.bakery, 3)
    take(a_ticket(house.alice, house.administration, by=as_staff(house.hana), **of(house)))

    words = text_of(hana_at.get(address(house)))

    assert "−1 ticket " in words
    assert "+3 tickets" in words
    assert "-1 ticket" not in words


def of(house: House) -> dict[str, int]:
    """Whom staff open a ticket for: what he did not open himself took nothing yet."""
    return {"account_id": house.bakery.pk, "requester_id": house.alice.pk}


@pytest.mark.parametrize("act", ["grant", "top_up"])
def test_a_form_without_its_key_moves_nothing_and_gets_one(house: House, hana_at: Client, act: str):
    form = {"act": act, "quantity": "3", "amount": "5.00", "reason": "Sorry", "key": " "}

    response = hana_at.post(address(house), form)

    assert response.status_code == 422
    assert "The form was not complete. Nothing was moved; send it again." in text_of(response)
    assert 'name="key" value=" "' not in response.content.decode()
    assert not LedgerEntry.objects.exists()


def test_a_plan_that_runs_is_not_offered_again(house: House, hana_at: Client):
    running = Plan.objects.create(provider=house.north, name="Care", quantity=5)
    Plan.objects.create(provider=house.north, name="Old", quantity=9, is_offered=False)
    other = Plan.objects.create(provider=house.north, name="More", quantity=9)
    hana_at.post(address(house), {"act": "start", "plan": running.pk, "key": "k1"})

    html = hana_at.get(address(house)).content.decode()

    assert re.findall(r'<option value="(\d+)">', html) == [str(other.pk)]
    assert "Stop Care" in html


def test_what_is_left_of_a_row_is_told_in_the_right_number(house: House, hana_at: Client):
    row = grant(house.bakery, 1)
    form = {"how": "part", "units": "2", "reason": "Typed wrong", "key": "k1"}

    refused = hana_at.post(f"{address(house)}{row.pk}/", form)

    assert "1 ticket is left. No more can be moved." in text_of(refused)


@pytest.mark.parametrize("rows", [1, 60])
def test_the_money_of_a_client_takes_ten_queries_however_much_moved(
    house: House, rows: int, django_assert_num_queries
):
    BillingSettings.objects.create(provider=house.north, agents_may_charge=True)
    for _turn in range(rows):
        pay_in(house.bakery, "1.00")
    grant(house.bakery, 2)
    browser = Browser(house.sam)

    with django_assert_num_queries(10):
        browser.open("desk_money", house.bakery.pk)


def test_one_row_and_one_ticket_take_few_queries(house: House, django_assert_max_num_queries):
    row, ticket = pay_in(house.bakery, "5.00"), a_ticket(house.alice, house.technical)
    browser = Browser(house.hana)

    for name, place in (
        ("desk_money_reverse", [house.bakery.pk, row.pk]),
        ("desk_money_card", [ticket.pk]),
        ("desk_charge", [ticket.pk]),
    ):
        with django_assert_max_num_queries(7):
            browser.open(name, *place)
