"""The palette and its page."""

import pytest

from tests.channels.web.client.browser import Browser, text_of
from tests.factories import a_note, a_ticket
from tests.people import House, as_staff


def test_one_field_finds_tickets_clients_and_commands(house: House) -> None:
    ticket = a_ticket(house.alice, house.technical, "The bakery is down")

    text = text_of(Browser(house.sam).open("desk_search", q="bakery"))

    assert "Alice's Bakery alice@client.example" in text
    assert f"The bakery is down #{ticket.pk}" in text
    assert "New ticket for Alice's Bakery" in text


def test_a_number_finds_its_ticket(house: House) -> None:
    ticket = a_ticket(house.alice, house.technical)

    html = Browser(house.sam).open("desk_search", q=f"#{ticket.pk}").content.decode()

    assert f'href="/northhost/desk/tickets/{ticket.pk}/"' in html


def test_tickets_of_other_departments_are_not_found(house: House) -> None:
    ticket = a_ticket(house.alice, house.sales, "The bakery wants a price")

    text = text_of(Browser(house.sam).open("desk_search", q="price"))

    assert f"#{ticket.pk}" not in text


def test_clients_of_other_providers_are_not_found(house: House) -> None:
    text = text_of(Browser(house.sven, "southcloud").open("desk_search", q="alice"))

    assert "Nothing found for “alice”." in text


@pytest.mark.parametrize(("who", "sees"), [("ada", True), ("sam", False)])
def test_only_administrators_are_offered_the_settings(house: House, who: str, sees: bool) -> None:
    html = Browser(getattr(house, who)).open("desk_search", q="settings").content.decode()

    assert ("/northhost/settings/" in html.partition("<main")[2]) is sees


def test_without_words_the_commands_stand_there(house: House) -> None:
    text = text_of(Browser(house.sam).open("desk_search"))

    assert "New ticket for a client" in text


def test_a_note_is_found_and_leads_to_its_place_in_the_thread(house: House) -> None:
    ticket = a_ticket(house.alice, house.technical, "The bakery is down")
    note = a_note(as_staff(house.hana), ticket, "Swordfish is the *word*")

    page = Browser(house.sam).open("desk_search", q="swordfish")

    assert f"Swordfish is the word #{ticket.pk} · The bakery is down" in text_of(page)
    address = f"/northhost/desk/tickets/{ticket.pk}/?note={note.pk}#note-{note.pk}"
    assert f'href="{address}"' in page.content.decode()


def test_notes_of_other_departments_are_not_found(house: House) -> None:
    ticket = a_ticket(house.alice, house.sales, "What does it cost")
    a_note(as_staff(house.hana), ticket, "Swordfish")

    text = text_of(Browser(house.sam).open("desk_search", q="swordfish"))

    assert "Nothing found for “swordfish”." in text


@pytest.mark.parametrize("tickets", [1, 12])
def test_the_palette_asks_no_more_for_more(
    house: House, tickets: int, django_assert_max_num_queries
) -> None:
    for n in range(tickets):
        ticket = a_ticket(house.alice, house.technical, f"The bakery is down, {n}")
        a_note(as_staff(house.sam), ticket, "The bakery pays late")
    sam = Browser(house.sam)

    with django_assert_max_num_queries(11):
        sam.open("desk_search", q="bakery")
