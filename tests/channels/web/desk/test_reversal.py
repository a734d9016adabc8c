"""A row is reversed by the sum that was meant: what contradicts itself moves nothing."""

import pytest
from django.test import Client

from frontdesk.billing.models import LedgerEntry
from tests.billing.money import grant, pay_in, purse
from tests.channels.web.client.browser import text_of
from tests.people import House

ALL = {"how": "all", "amount": "", "reason": "Typed wrong", "key": "k1"}


@pytest.fixture
def hana_at(house: House) -> Client:
    client = Client()
    client.force_login(house.hana)
    return client


def address(house: House, row: LedgerEntry) -> str:
    return f"/northhost/desk/clients/{house.bakery.pk}/money/{row.pk}/"


@pytest.mark.parametrize("typed", ["1.00", "5.00", "9.00", "one"])
def test_a_sum_beside_all_that_is_left_moves_nothing_and_stays(house, hana_at: Client, typed: str):
    row = pay_in(house.bakery, "5.00")

    response = hana_at.post(address(house, row), {**ALL, "amount": typed})

    page = response.content.decode()
    assert response.status_code == 422
    assert "Choose A part to move this much, or leave this empty to move all." in text_of(response)
    assert f'value="{typed}"' in page
    assert 'value="Typed wrong"' in page
    assert 'href="#amount"' in page
    assert purse(house.bakery)[0] == "5.00"


def test_tickets_beside_all_that_is_left_move_nothing(house: House, hana_at: Client):
    row = grant(house.bakery, 3)

    response = hana_at.post(address(house, row), {**ALL, "units": "1"})

    assert response.status_code == 422
    assert 'href="#units"' in response.content.decode()
    assert purse(house.bakery) == ("0.00", 3)


@pytest.mark.parametrize("typed", ["", " ", "0", "0.00"])
def test_a_part_of_no_sum_moves_nothing(house: House, hana_at: Client, typed: str):
    row = pay_in(house.bakery, "5.00")

    response = hana_at.post(address(house, row), {**ALL, "how": "part", "amount": typed})

    assert response.status_code == 422
    assert "Write how much to move." in text_of(response)
    assert purse(house.bakery)[0] == "5.00"


@pytest.mark.parametrize("how", ["", "most"])
def test_without_a_choice_nothing_is_guessed(house: House, hana_at: Client, how: str):
    row = pay_in(house.bakery, "5.00")

    response = hana_at.post(address(house, row), {**ALL, "how": how})

    assert response.status_code == 422
    assert "Choose how much." in text_of(response)
    assert purse(house.bakery)[0] == "5.00"


def test_tickets_that_are_no_number_move_nothing(house: House, hana_at: Client):
    row = grant(house.bakery, 3)

    response = hana_at.post(address(house, row), {**ALL, "how": "part", "units": "two"})

    assert response.status_code == 422
    assert "Write a whole number of tickets." in text_of(response)
    assert purse(house.bakery) == ("0.00", 3)


def test_a_part_larger_than_what_is_left_is_refused_with_what_is_left(house, hana_at: Client):
    row = pay_in(house.bakery, "5.00")
    hana_at.post(address(house, row), {**ALL, "how": "part", "amount": "2.50"})

    form = {**ALL, "how": "part", "amount": "3.00", "key": "k2"}
    response = hana_at.post(address(house, row), form)

    assert response.status_code == 422
    assert "2.50 EUR is left. No more can be moved." in text_of(response)
    assert purse(house.bakery)[0] == "2.50"


def test_all_that_is_left_goes_back_once(house: House, hana_at: Client):
    row = pay_in(house.bakery, "5.00")

    statuses = [hana_at.post(address(house, row), ALL).status_code for _turn in range(2)]

    assert statuses == [303, 303]
    assert purse(house.bakery)[0] == "0.00"


def test_typing_a_sum_chooses_a_part(house: House, hana_at: Client):
    row = pay_in(house.bakery, "5.00")

    page = hana_at.get(address(house, row)).content.decode()

    assert 'id="how-part"' in page
    assert 'data-chooses="how-part"' in page


def test_a_row_of_which_nothing_is_left_offers_no_reversal(house: House, hana_at: Client):
    half, whole, spent = (
        pay_in(house.bakery, "5.00"),
        pay_in(house.bakery, "6.00"),
        grant(house.bakery, 2),
    )
    hana_at.post(address(house, half), {**ALL, "how": "part", "amount": "1.00"})
    hana_at.post(address(house, whole), {**ALL, "key": "k2"})
    hana_at.post(address(house, spent), {**ALL, "key": "k3"})

    page = hana_at.get(f"/northhost/desk/clients/{house.bakery.pk}/money/").content.decode()

    assert f'href="{address(house, half)}"' in page
    assert f'href="{address(house, whole)}"' not in page
    assert f'href="{address(house, spent)}"' not in page
