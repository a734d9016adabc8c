"""The page of a service: what it is, what was asked about it, and the way to ask."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import a_ticket
from tests.people import House


def get(person, service):
    client = Client()
    client.force_login(person)
    return client.get(f"/northhost/account/services/{service.pk}/")


def test_it_shows_the_service_and_leads_to_the_form_with_it_chosen(house: House) -> None:
    html = get(house.alice, house.vps).content.decode()

    assert house.vps.external_id in html
    assert f"/northhost/tickets/new/?service={house.vps.pk}" in html
    assert "Nothing was asked about it yet." in html


def test_it_lists_what_was_asked_about_it_and_nothing_else(house: House) -> None:
    a_ticket(house.alice, house.technical, "The shop is slow", service_id=house.vps.pk)
    a_ticket(house.alice, house.technical, "The domain is gone", service_id=house.domain.pk)

    html = get(house.alice, house.vps).content.decode()

    assert "The shop is slow" in html
    assert "The domain is gone" not in html


def test_a_colleague_with_own_tickets_only_sees_no_others(house: House) -> None:
    a_ticket(house.alice, house.technical, "The shop is slow", service_id=house.vps.pk)
    a_ticket(house.bob, house.technical, "Bob asks", service_id=house.vps.pk)

    html = get(house.bob, house.vps).content.decode()

    assert "Bob asks" in html
    assert "The shop is slow" not in html


@pytest.mark.parametrize("name", ["carols_vps", "doras_south_vps"])
def test_the_service_of_another_account_is_not_there(house: House, name: str) -> None:
    assert get(house.alice, getattr(house, name)).status_code == 404


def test_it_takes_at_most_six_queries_however_much_was_asked(house: House) -> None:
    for _n in range(25):
        a_ticket(house.alice, house.technical, service_id=house.vps.pk)
    client = Client()
    client.force_login(house.alice)

    with CaptureQueriesContext(connection) as queries:
        response = client.get(f"/northhost/account/services/{house.vps.pk}/")

    assert "Older" in response.content.decode()
    assert len(queries) <= 6
