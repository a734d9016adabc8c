"""The desk's pages of clients."""

import pytest

from tests.channels.web.client.browser import Browser, text_of
from tests.factories import a_ticket
from tests.people import House


@pytest.fixture
def sam(house: House) -> Browser:
    return Browser(house.sam)


@pytest.mark.parametrize("words", ["bakery", "BOB@client", "Alice Ex", "shop.bakery", "vps-1001"])
def test_a_client_is_found_by_name_people_and_services(sam: Browser, words: str) -> None:
    text = text_of(sam.open("desk_clients", q=words))

    assert "Alice's Bakery" in text
    assert "Carol Consulting" not in text


def test_clients_of_another_provider_are_not_there(house: House, sam: Browser) -> None:
    assert "Dora Design" in text_of(sam.open("desk_clients", q="dora"))
    assert sam.open("desk_client", house.doras_south_account.pk).status_code == 404
    assert "c-1" not in text_of(sam.open("desk_client", house.doras_account.pk))


def test_a_client_has_people_services_and_the_tickets_that_one_may_read(
    house: House, sam: Browser
) -> None:
    a_ticket(house.bob, house.technical, "The shop is slow")
    a_ticket(house.alice, house.sales, "What does it cost")

    text = text_of(sam.open("desk_client", house.bakery.pk))

    for words in ("Alice Example Owner", "Bob Example own tickets", "vps-1001", "The shop is slow"):
        assert words in text
    assert "What does it cost" not in text


@pytest.mark.parametrize("tickets", [1, 30])
def test_the_pages_ask_no_more_for_more(
    house: House, sam: Browser, tickets: int, django_assert_max_num_queries
) -> None:
    for _ in range(tickets):
        a_ticket(house.alice, house.technical)

    with django_assert_max_num_queries(6):
        sam.open("desk_client", house.bakery.pk)
    with django_assert_max_num_queries(6):
        sam.open("desk_clients", q="example")
