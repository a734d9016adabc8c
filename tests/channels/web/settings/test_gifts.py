"""Tickets given on an occasion: set by administrators, told as a change, given once."""

from decimal import Decimal

import pytest
from django.test import Client

from frontdesk.billing.models import Gift
from frontdesk.support.models import Event
from tests.billing.money import pay_in, purse
from tests.channels.web.client.browser import text_of
from tests.people import House

NEW = "/northhost/settings/gifts/new/"
TOP_UP = {"occasion": "top_up", "quantity": "2", "least_amount": "50,00", "is_on": "on"}


@pytest.fixture
def ada_at(house: House) -> Client:
    client = Client()
    client.force_login(house.ada)
    return client


def test_a_gift_is_added_listed_and_told_as_a_change(house: House, ada_at: Client) -> None:
    response = ada_at.post(NEW, TOP_UP)

    gift = Gift.objects.get()
    words = text_of(ada_at.get(response.headers["Location"]))
    assert "Top-up of a sum from 50.00 EUR · 2 tickets · never lapse" in words
    assert Event.objects.get().data == {"what": "gift", "id": gift.pk, "act": "created"}


def test_a_top_up_of_the_sum_earns_the_gift_and_a_smaller_one_does_not(
    house: House, ada_at: Client
) -> None:
    ada_at.post(NEW, TOP_UP)

    pay_in(house.bakery, "49.99")
    assert purse(house.bakery) == ("49.99", 0)
    pay_in(house.bakery, "50.00")
    assert purse(house.bakery) == ("99.99", 2)


def test_a_gift_that_is_switched_off_gives_nothing_more(house: House, ada_at: Client) -> None:
    ada_at.post(NEW, TOP_UP)
    off = {name: value for name, value in TOP_UP.items() if name != "is_on"}
    ada_at.post(f"/northhost/settings/gifts/{Gift.objects.get().pk}/", off)

    pay_in(house.bakery, "60.00")

    assert purse(house.bakery) == ("60.00", 0)
    assert "Not given" in text_of(ada_at.get("/northhost/settings/packages/"))


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("least_amount", "fifty", "Write it like 5.00, or leave it empty."),
        ("quantity", "0", "Write a number of tickets from 1 to 100000."),
        ("lasts_days", "a month", "Write a number of days from 1 to 3660, or leave it empty."),
        ("occasion", "birthday", "Choose one from the list."),
    ],
)
def test_what_makes_no_sense_is_said_at_its_field_and_comes_back(
    ada_at: Client, field: str, typed: str, words: str
) -> None:
    response = ada_at.post(NEW, {**TOP_UP, field: typed})

    html = response.content.decode()
    assert response.status_code == 422
    assert f'id="{field}-error"' in html
    assert words in html
    assert not Gift.objects.exists()


def test_no_sum_is_any_sum_and_a_registration_has_none(ada_at: Client) -> None:
    ada_at.post(NEW, {**TOP_UP, "occasion": "registration"})
    ada_at.post(NEW, {**TOP_UP, "least_amount": " "})

    assert [gift.least_amount for gift in Gift.objects.order_by("pk")] == [Decimal(0)] * 2


def test_a_gift_of_another_provider_is_not_there(house: House, ada_at: Client) -> None:
    gift = Gift.objects.create(provider=house.south, occasion="registration", quantity=1)

    response = ada_at.post(f"/northhost/settings/gifts/{gift.pk}/", TOP_UP)

    gift.refresh_from_db()
    assert (response.status_code, gift.occasion) == (404, "registration")
