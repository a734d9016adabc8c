"""Many forms sent at the same moment, over real connections: what is taken is what was there."""

import re
from collections import Counter
from http.client import HTTPConnection
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.urls import reverse

from frontdesk.accounts.models import User
from frontdesk.billing.checks import check_ledgers
from frontdesk.billing.models import LedgerEntry
from frontdesk.support.models import Ticket
from tests.billing.money import charge_for, grant, pay_in, purse
from tests.channels.web.client.browser import Browser
from tests.factories import new_key
from tests.people import House
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)

# As many forms as were sent; one person may open no more than 30 tickets in a minute.
FORMS = 50
THERE = 10
ADDRESS = reverse("new_ticket", args=["northhost"])


def cookies_of(person: User) -> str:
    """Sign in, and return the cookies of the browser with the token against forgery."""
    jar = {name: cookie.value for name, cookie in Browser(person).client.cookies.items()}
    return "; ".join(f"{name}={value}" for name, value in {**jar, **token()}.items())


def token() -> dict[str, str]:
    return {settings.CSRF_COOKIE_NAME: "a" * 32}


def form_of(house: House, shown: str) -> dict[str, str]:
    """What the page would send: its own key, the offer it showed, and the agreement."""
    department = house.administration.pk
    return {
        "csrfmiddlewaretoken": "a" * 32,
        "message": "Please change the owner.",
        "department": str(department),
        f"shown-{department}": shown,
        "confirm_price": "5.00",
        "key": new_key(),
    }


def line_to(port: int) -> HTTPConnection:
    """Connect beforehand: the server of the tests lets few wait at its door."""
    line = HTTPConnection("localhost", port, timeout=120)
    line.connect()
    return line


def sent_at_once(house: House, port: int, shown: str) -> list[tuple[int, str]]:
    """Send all forms, half of them Alice's and half Bob's, and return status and words."""
    cookies = [cookies_of(house.alice), cookies_of(house.bob)]
    lines = [line_to(port) for _number in range(FORMS)]

    def send(number: int) -> tuple[int, str]:
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": cookies[number % 2],
        }
        lines[number].request("POST", ADDRESS, urlencode(form_of(house, shown)), headers)
        answer = lines[number].getresponse()
        words = re.sub(r"<[^>]+>", " ", answer.read().decode())
        lines[number].close()
        return answer.status, " ".join(words.split())

    results = at_once(*(lambda number=number: send(number) for number in range(FORMS)))
    assert all(isinstance(result, tuple) for result in results), results
    return results


def test_fifty_forms_on_ten_available_tickets_open_exactly_ten(house: House, live_server) -> None:
    charge_for(house.administration)
    grant(house.bakery, THERE)

    results = sent_at_once(house, live_server.thread.port, "unit")

    assert Counter(status for status, _words in results) == {303: THERE, 422: FORMS - THERE}
    assert Ticket.objects.count() == LedgerEntry.objects.filter(kind="spend").count() == THERE
    assert purse(house.bakery) == ("0.00", 0)
    assert check_ledgers() == []
    for words in (words for status, words in results if status == 422):
        assert "Your balance does not cover this ticket: 5.00 EUR are missing." in words


def test_fifty_forms_on_money_for_ten_open_exactly_ten(house: House, live_server) -> None:
    charge_for(house.administration)
    pay_in(house.bakery, "52.50")

    results = sent_at_once(house, live_server.thread.port, "pay:5.00:EUR")

    assert Counter(status for status, _words in results) == {303: THERE, 422: FORMS - THERE}
    assert Ticket.objects.count() == LedgerEntry.objects.filter(kind="price").count() == THERE
    assert purse(house.bakery) == ("2.50", 0)
    assert check_ledgers() == []
    for words in (words for status, words in results if status == 422):
        assert "Your balance does not cover this ticket: 2.50 EUR are missing." in words


def test_who_comes_too_late_for_a_ticket_is_asked_about_the_price_and_never_charged(
    house: House, live_server
) -> None:
    charge_for(house.administration)
    grant(house.bakery, THERE)
    pay_in(house.bakery, "1000.00")

    results = sent_at_once(house, live_server.thread.port, "unit")

    assert Counter(status for status, _words in results) == {303: THERE, 422: FORMS - THERE}
    assert purse(house.bakery) == ("1000.00", 0)
    for words in (words for status, words in results if status == 422):
        assert "This ticket must be paid now: 5.00 EUR. Confirm the price." in words


def test_one_form_sent_fifty_times_at_once_is_one_ticket(
    house: House, live_server, monkeypatch: pytest.MonkeyPatch
) -> None:
    charge_for(house.administration)
    pay_in(house.bakery, "1000.00")
    monkeypatch.setattr(f"{__name__}.new_key", lambda: "one-key")
    monkeypatch.setattr(f"{__name__}.FORMS", 25)
    house.bob = house.alice

    results = sent_at_once(house, live_server.thread.port, "pay:5.00:EUR")

    assert {status for status, _words in results} == {303}
    assert Ticket.objects.count() == 1
    assert purse(house.bakery) == ("995.00", 0)
