"""The places in ready answers."""

import pytest

from frontdesk.support.canned import PLACES, fill_places
from tests.factories import a_ticket
from tests.people import House


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("Hello {name},", "Hello Alice,"),
        ("Hello {{ name }},", "Hello Alice,"),
        ("{service} at {provider}", "shop.bakery.example at North Host"),
        ("Yours, {staff}", "Yours, Sam Example"),
        ("{unknown} {} { name }", "{unknown} {} { name }"),
        ("{name.__class__}", "{name.__class__}"),
    ],
)
def test_known_places_are_filled_and_others_stay(house: House, text: str, filled: str) -> None:
    ticket = a_ticket(house.alice, house.technical, service_id=house.vps.pk)

    assert fill_places(text, ticket=ticket, staff=house.sam) == filled


def test_the_ticket_is_named_by_its_number(house: House) -> None:
    ticket = a_ticket(house.alice, house.technical)

    assert fill_places("#{number}", ticket=ticket, staff=house.sam) == f"#{ticket.pk}"


def test_a_place_that_nothing_is_known_for_stays(house: House) -> None:
    ticket = a_ticket(house.alice, house.technical)

    assert fill_places("on {service}", ticket=ticket, staff=house.sam) == "on {service}"


def test_what_was_filled_in_is_not_filled_again(house: House) -> None:
    house.alice.name = "{staff} Baker"
    ticket = a_ticket(house.alice, house.technical)
    ticket.requester = house.alice

    assert fill_places("{name}", ticket=ticket, staff=house.sam) == "{staff}"


def test_every_place_that_is_told_is_filled(house: House) -> None:
    ticket = a_ticket(house.alice, house.technical, service_id=house.vps.pk)
    text = " ".join(f"{{{place}}}" for place in PLACES)

    assert "{" not in fill_places(text, ticket=ticket, staff=house.sam)
