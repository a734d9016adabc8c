"""Members: all of an account see who shares it; only its owner changes what they read."""

import pytest
from django.test import Client

from frontdesk.accounts.models import Member, User
from frontdesk.support.models import Event, EventKind
from tests.factories import a_ticket
from tests.people import House


def browser_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def bobs_place(house: House) -> Member:
    return house.bob.memberships.get()


def test_everybody_sees_who_shares_the_account(house: House) -> None:
    html = browser_of(house.bob).get("/northhost/account/").content.decode()

    assert "Members of Alice&#39;s Bakery" in html
    assert "alice@client.example" in html
    assert "carol@client.example" not in html
    assert "/right/" not in html


def test_the_owner_lets_a_colleague_read_all(house: House) -> None:
    a_ticket(house.alice, house.technical)
    place = bobs_place(house)

    response = browser_of(house.alice).post(
        f"/northhost/account/members/{place.pk}/right/", {"right": "all"}, follow=True
    )

    place.refresh_from_db()
    event = Event.objects.get(kind=EventKind.SETTINGS_CHANGED)
    assert place.right == "all"
    assert event.data == {"what": "member", "id": place.pk, "act": "all"}
    assert "Bob Example now reads all tickets of the account." in response.content.decode()


def test_an_unknown_right_changes_nothing(house: House) -> None:
    place = bobs_place(house)
    address = f"/northhost/account/members/{place.pk}/right/"

    assert browser_of(house.alice).post(address, {"right": "everything"}).status_code == 404
    place.refresh_from_db()
    assert place.right == "own"


def test_an_owner_always_reads_all(house: House) -> None:
    own = house.alice.memberships.get()
    address = f"/northhost/account/members/{own.pk}/right/"

    assert browser_of(house.alice).post(address, {"right": "own"}).status_code == 404


@pytest.mark.parametrize("person", ["bob", "carol", "dora", "sam"])
@pytest.mark.parametrize("act", ["right", "remove"])
def test_who_owns_nothing_here_changes_nothing(house: House, person: str, act: str) -> None:
    place = bobs_place(house)
    address = f"/northhost/account/members/{place.pk}/{act}/"

    response = browser_of(getattr(house, person)).post(address, {"right": "all", "confirmed": "1"})

    place.refresh_from_db()
    assert response.status_code == 404
    assert place.right == "own"


def test_removing_asks_once_more_and_keeps_the_tickets(house: House) -> None:
    ticket = a_ticket(house.bob, house.technical)
    address = f"/northhost/account/members/{bobs_place(house).pk}/remove/"
    owner = browser_of(house.alice)

    asked = owner.post(address)
    owner.post(address, {"confirmed": "1"})

    assert "Remove Bob Example?" in asked.content.decode()
    assert not house.bob.memberships.exists()
    assert browser_of(house.bob).get("/northhost/account/").status_code == 404
    ticket.refresh_from_db()
    assert ticket.account == house.bakery
