"""Forms carry a token that Django takes, another in each answer, and cost no cookie."""

import re

import pytest
from django.conf import settings
from django.middleware.csrf import CSRF_SECRET_LENGTH, CSRF_TOKEN_LENGTH
from django.test import Client

from frontdesk.channels.web.form_token import SIGNS, masked
from tests.people import House

FIELD = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
SECRET = (SIGNS * 2)[40 : 40 + CSRF_SECRET_LENGTH]


@pytest.fixture
def browser(house: House) -> Client:
    client = Client(enforce_csrf_checks=True)
    client.force_login(house.alice)
    return client


def token_in(client: Client) -> str:
    found = FIELD.search(client.get("/northhost/tickets/new/").content.decode())
    assert found
    return found[1]


def test_each_page_has_another_token_and_each_is_taken(browser: Client) -> None:
    tokens = [token_in(browser) for _page in range(3)]

    assert len({*tokens}) == 3
    for token in tokens:
        values = {"csrfmiddlewaretoken": token, "message": "Slow since last night."}
        assert browser.post("/northhost/tickets/new/", values).status_code == 422  # no department


def test_a_token_of_another_browser_is_not_taken(browser: Client, house: House) -> None:
    other = Client()
    other.force_login(house.alice)
    token_in(browser)

    values = {"csrfmiddlewaretoken": token_in(other), "message": "Slow."}

    assert browser.post("/northhost/tickets/new/", values).status_code == 403


def test_a_page_sends_the_cookie_only_to_who_has_none(browser: Client) -> None:
    first, second = (browser.get("/northhost/tickets/new/") for _page in range(2))

    assert settings.CSRF_COOKIE_NAME in first.cookies
    assert settings.CSRF_COOKIE_NAME not in second.cookies


def test_a_mask_hides_the_secret_in_full_and_differs_each_time() -> None:
    tokens = {masked(SECRET) for _time in range(50)}

    assert len(tokens) == 50
    assert {len(token) for token in tokens} == {CSRF_TOKEN_LENGTH}
    assert not any(SECRET in token for token in tokens)
