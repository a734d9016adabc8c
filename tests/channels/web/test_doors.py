"""The first page leads everybody to the right home."""

from django.test import Client

from frontdesk.accounts.models import User
from tests.people import House


def first_page(person: User):
    client = Client()
    client.force_login(person)
    return client.get("/")


def test_a_client_of_one_provider_comes_home(house: House) -> None:
    assert first_page(house.alice).headers["Location"] == "/northhost/"


def test_staff_come_to_their_desk(house: House) -> None:
    assert first_page(house.sam).headers["Location"] == "/northhost/desk/"


def test_a_client_of_two_providers_chooses(house: House) -> None:
    html = first_page(house.dora).content.decode()

    assert 'href="/northhost/"' in html
    assert 'href="/southcloud/"' in html


def test_who_belongs_nowhere_is_told_what_to_do(db) -> None:
    nobody = User.objects.create_user("eve@client.example", name="Eve Example")

    html = first_page(nobody).content.decode()

    assert "eve@client.example" in html
    assert "invite" in html


def test_who_left_the_staff_has_no_desk(house: House) -> None:
    house.sam.staff_places.update(is_active=False)

    assert "/northhost/desk/" not in first_page(house.sam).content.decode()


def test_anonymous_people_sign_in_first(house: House) -> None:
    assert Client().get("/").headers["Location"].startswith("/sign-in/")
