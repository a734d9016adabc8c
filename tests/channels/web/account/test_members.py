"""Members: all of an account see who shares it; only its owner changes what they read."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

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


def invite(house: House, person: User, **fields: object):
    form = {"email": "nina@client.example", "name": "Nina", "right": "own"}
    address = f"/northhost/account/members/invite/{house.bakery.pk}/"
    return browser_of(person).post(address, form | fields)


def test_the_owner_invites_a_colleague_by_mail(house: House) -> None:
    invite(house, house.alice)

    nina = User.objects.get(email="nina@client.example")
    job = ProcrastinateJob.objects.get(task_name="send_password_link")
    assert nina.memberships.get().account == house.bakery
    assert nina.memberships.get().right == "own"
    assert job.args == {"user_id": nina.pk, "provider_id": house.north.pk}


def test_inviting_an_address_does_not_tell_whose_it_is(house: House) -> None:
    User.objects.update(created_at=timezone.now() - timedelta(days=1))

    invite(house, house.alice, email=house.sven.email)
    before = browser_of(house.alice).get("/northhost/account/").content.decode()
    User.objects.filter(pk=house.sven.pk).update(last_login=timezone.now())
    after = browser_of(house.alice).get("/northhost/account/").content.decode()

    assert "Sven Example" not in before
    assert "sven@southcloud.example" in before
    assert "Sven Example" in after


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"email": "bob@client.example"}, "This person is here already."),
        ({"email": "nina"}, "Write a whole e-mail address"),
        ({"name": ""}, "Fill this in."),
        ({"right": "everything"}, "Choose one from the list."),
    ],
)
def test_a_wrong_invitation_comes_back_with_everything_typed(
    house: House, fields: dict[str, str], words: str
) -> None:
    response = invite(house, house.alice, **fields)

    html = response.content.decode()
    assert response.status_code == 422
    assert words in html
    assert "The invitation was not sent" in html
    assert f'value="{fields.get("email", "nina@client.example")}"' in html


@pytest.mark.parametrize("person", ["bob", "carol", "sam"])
def test_who_owns_nothing_here_invites_nobody(house: House, person: str) -> None:
    assert invite(house, getattr(house, person)).status_code == 404
    assert not User.objects.filter(email="nina@client.example").exists()
