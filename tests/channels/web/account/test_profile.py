"""The profile: a person's own, at either side of the desk."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from frontdesk.accounts.models import Account, Member
from frontdesk.support.models import Event, EventKind
from tests.people import House

ADDRESS = "/northhost/account/"
FORM = {"name": "Alice Baker", "time_zone": "Europe/Berlin", "theme": "dark"}


def browser_of(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_a_person_changes_the_own_profile(house: House) -> None:
    response = browser_of(house.alice).post(ADDRESS, FORM)

    house.alice.refresh_from_db()
    assert response.status_code == 303
    assert house.alice.name == "Alice Baker"
    assert house.alice.time_zone == "Europe/Berlin"
    assert response.cookies["theme"].value == "dark"
    assert Event.objects.get(kind=EventKind.SETTINGS_CHANGED).actor == house.alice


def test_staff_who_are_clients_too_find_the_way_to_telegram(house: House) -> None:
    Member.objects.create(account=house.bakery, provider=house.north, user=house.hana)
    way = 'href="/northhost/account/telegram/"'

    assert way in browser_of(house.hana).get(ADDRESS).content.decode()
    assert way not in browser_of(house.sam).get(ADDRESS).content.decode()


def test_the_chosen_colours_are_on_the_next_page(house: House) -> None:
    client = browser_of(house.alice)

    html = client.post(ADDRESS, FORM, follow=True).content.decode()

    assert 'data-theme="dark"' in html


def test_the_system_decides_again_once_chosen(house: House) -> None:
    client = browser_of(house.alice)
    client.post(ADDRESS, FORM)

    response = client.post(ADDRESS, FORM | {"theme": "system"})

    assert response.cookies["theme"].value == ""


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "  ", "Fill this in."),
        ("name", "x" * 121, "This is too long."),
        ("time_zone", "Mars/Olympus", "Choose a time zone from the list."),
        ("time_zone", "../../etc/passwd", "Choose a time zone from the list."),
        ("theme", "pink", "Choose one from the list."),
    ],
)
def test_a_wrong_value_comes_back_with_the_rest(
    house: House, field: str, value: str, words: str
) -> None:
    response = browser_of(house.alice).post(ADDRESS, FORM | {field: value})

    html = response.content.decode()
    assert response.status_code == 422
    assert words in html
    assert "The profile was not saved" in html
    assert 'value="Europe/Berlin" selected' in html or field == "time_zone"
    house.alice.refresh_from_db()
    assert house.alice.name == "Alice Example"


def test_staff_switch_their_shortcuts_off(house: House) -> None:
    form = FORM | {"name": "Sam", "has_shortcuts": "1"}

    browser_of(house.sam).post(ADDRESS, form)

    house.sam.refresh_from_db()
    assert not house.sam.shortcuts_on


def test_clients_keep_what_their_page_does_not_show(house: House) -> None:
    client = browser_of(house.alice)

    client.post(ADDRESS, FORM)

    house.alice.refresh_from_db()
    assert house.alice.shortcuts_on
    assert "Keyboard shortcuts" not in client.get(ADDRESS).content.decode()


def test_security_leads_back_to_the_provider_one_came_from(house: House) -> None:
    client = browser_of(house.dora)
    client.get("/southcloud/account/")

    assert 'href="/southcloud/account/"' in client.get("/security/").content.decode()


def test_the_profile_takes_at_most_six_queries(house: House) -> None:
    client = browser_of(house.alice)
    client.get(ADDRESS)

    with CaptureQueriesContext(connection) as queries:
        client.get(ADDRESS)

    assert len(queries) <= 6


def test_the_owner_reads_what_the_files_of_his_account_weigh(house: House) -> None:
    Account.objects.filter(pk=house.bakery.pk).update(stored_bytes=3 * 1024**2)

    owner = browser_of(house.alice).get(ADDRESS).content.decode()
    colleague = browser_of(house.bob).get(ADDRESS).content.decode()

    assert "Files: 3 MB of 20 GB" in owner
    assert "Files:" not in colleague
