"""Guessing is slowed down; the owner of a sign-in is never locked out by others."""

import pytest
from django.db import connection
from django.test import Client

from frontdesk.channels.web.sign_in import limits, views
from frontdesk.shared.rate_limit import Rate
from tests.channels.web.sign_in.people import OUTSIDE, browser, sign_in, with_password
from tests.people import House

pytestmark = pytest.mark.usefixtures("proxied")


@pytest.fixture
def proxied(settings):
    settings.TRUSTED_PROXIES = 1


def guess(address: str, email: str = "alice@client.example", times: int = 1):
    responses = [sign_in(browser(address), email, "wrong") for _ in range(times)]
    return responses[-1]


def test_ten_wrong_guesses_from_an_address_are_enough(house: House) -> None:
    with_password(house.alice)

    assert guess(OUTSIDE, times=10).status_code == 422
    refused = guess(OUTSIDE)

    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 300
    assert "Too many wrong tries." in refused.content.decode()
    assert 'value="alice@client.example"' in refused.content.decode()


def test_an_unknown_address_is_limited_alike(house: House) -> None:
    assert guess(OUTSIDE, "nobody@client.example", times=11).status_code == 429


def test_a_guesser_does_not_lock_the_owner_out(house: House) -> None:
    with_password(house.alice)
    guess(OUTSIDE, times=11)

    response = sign_in(browser("192.0.2.1"), house.alice.email)

    assert response.status_code == 302


def test_many_guessers_do_not_lock_out_a_browser_of_the_owner(house: House, monkeypatch) -> None:
    monkeypatch.setattr(limits, "WRONG_OF_STRANGERS", Rate("wrong-all", most=3, seconds=3600))
    at_home = browser("192.0.2.1")
    sign_in(at_home, with_password(house.alice).email)
    at_home.post("/sign-out/")

    for last in range(4):
        refused = guess(f"198.51.100.{last}")
    stranger_with_the_password = sign_in(browser("198.51.100.99"), house.alice.email)
    owner = sign_in(at_home, house.alice.email)

    assert refused.status_code == 429
    assert stranger_with_the_password.status_code == 429
    assert owner.status_code == 302


def test_a_browser_is_known_only_for_its_own_person(house: House, monkeypatch) -> None:
    monkeypatch.setattr(limits, "WRONG_OF_STRANGERS", Rate("wrong-all", most=1, seconds=3600))
    client = browser(OUTSIDE)
    sign_in(client, with_password(house.carol).email)
    client.post("/sign-out/")

    sign_in(client, house.alice.email, "wrong")
    refused = sign_in(client, house.alice.email, "wrong")

    assert refused.status_code == 429


def test_a_made_up_mark_of_a_browser_is_worth_nothing(house: House, monkeypatch) -> None:
    monkeypatch.setattr(limits, "WRONG_OF_STRANGERS", Rate("wrong-all", most=0, seconds=3600))
    client = browser(OUTSIDE)
    client.cookies[limits.KNOWN_BROWSER] = "0" * 32 + ".abc:made:up"

    assert sign_in(client, house.alice.email, "wrong").status_code == 429


def test_an_address_has_a_limit_over_all_people(house: House, monkeypatch) -> None:
    monkeypatch.setattr(limits, "WRONG_OF_ADDRESS", Rate("wrong", most=2, seconds=60))

    for name in ("one", "two", "three"):
        last = guess(OUTSIDE, f"{name}@client.example")

    assert last.status_code == 429


def test_all_addresses_of_one_ipv6_network_count_as_one(house: House) -> None:
    for last in range(11):
        refused = guess(f"2001:db8:1:2::{last:x}")

    assert refused.status_code == 429
    assert guess("2001:db8:1:3::1").status_code == 422


def test_an_office_may_sign_in_thirty_times_a_minute(house: House) -> None:
    with_password(house.alice)

    answers = {sign_in(browser(OUTSIDE), house.alice.email).status_code for _ in range(31)}

    assert answers == {302}


def test_right_passwords_do_not_count_as_wrong_ones(house: House) -> None:
    with_password(house.alice)
    guess(OUTSIDE, times=9)
    sign_in(browser(OUTSIDE), house.alice.email)

    assert guess(OUTSIDE).status_code == 422


def test_counters_hold_no_addresses_of_people(house: House) -> None:
    guess(OUTSIDE)

    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM frontdesk_rate")
        names = " ".join(row[0] for row in cursor.fetchall())
    assert "alice" not in names


def test_asking_for_challenges_is_limited(house: House, monkeypatch) -> None:
    monkeypatch.setattr(views, "CHALLENGES", Rate("challenge", most=1, seconds=60))
    ask = {"headers": {"Accept": "application/json"}}

    answers = [Client().get("/sign-in/passkey/", **ask).status_code for _ in range(2)]

    assert answers == [200, 429]
