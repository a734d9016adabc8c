"""A page about what went wrong gives back what was written, to the person who wrote it."""

import pytest
from django.test import Client

from frontdesk.channels.web.sign_in.views import too_many
from tests.factories import a_ticket
from tests.people import House

TEXT = "A long answer <b>with</b> work in it"
SHOWN = "A long answer &lt;b&gt;with&lt;/b&gt; work in it"


def send_to_no_page(house: House, origin: str) -> str:
    """Post a reply to a ticket that the person may not read any more."""
    ticket = a_ticket(house.alice, house.technical)
    client = Client()
    client.force_login(house.carol)
    address = f"/northhost/tickets/{ticket.pk}/reply/"
    headers = {"Origin": origin} if origin else {}
    response = client.post(address, {"message": TEXT}, headers=headers)
    assert response.status_code == 404
    return response.content.decode()


def test_what_was_written_to_a_page_that_is_gone_is_given_back(house: House) -> None:
    assert SHOWN in send_to_no_page(house, "http://testserver")


@pytest.mark.parametrize("origin", ["", "null", "https://evil.example", "http://testserver.evil"])
def test_words_of_another_site_are_not_shown(house: House, origin: str) -> None:
    assert "work in it" not in send_to_no_page(house, origin)


def test_what_was_written_in_a_form_without_its_token_is_given_back(house: House) -> None:
    ticket = a_ticket(house.alice, house.technical)
    client = Client(enforce_csrf_checks=True)
    client.force_login(house.alice)
    address = f"/northhost/tickets/{ticket.pk}/reply/"

    response = client.post(address, {"message": TEXT}, headers={"Origin": "http://testserver"})

    assert response.status_code == 403
    assert SHOWN in response.content.decode()


def test_a_page_that_only_was_looked_for_has_no_field(house: House) -> None:
    page = Client().get("/nowhere/at/all/")

    assert page.status_code == 404
    assert "<textarea" not in page.content.decode()


@pytest.mark.parametrize(
    "address", ["", "tickets/{}/reply/", "tickets/new/", "desk/tickets/{}/note/"]
)
def test_what_was_written_after_the_session_ended_is_given_back(house: House, address: str) -> None:
    path = "/northhost/" + address.format(a_ticket(house.alice, house.technical).pk)

    form = {"message": TEXT, "without_script": "yes"}

    response = Client().post(path, form, headers={"Origin": "http://testserver"})

    assert response.status_code == 403
    assert SHOWN in response.content.decode()
    assert f'href="/sign-in/?next={path}"' in response.content.decode()


def test_whose_text_a_script_keeps_is_led_to_the_sign_in_at_once(house: House) -> None:
    path = f"/northhost/tickets/{a_ticket(house.alice, house.technical).pk}/reply/"

    response = Client().post(path, {"message": TEXT}, headers={"Origin": "http://testserver"})

    assert response.status_code == 302


def test_a_form_says_that_no_script_keeps_its_text(house: House) -> None:
    client = Client()
    client.force_login(house.alice)

    page = client.get("/northhost/tickets/new/").content.decode()

    assert '<noscript><input type="hidden" name="without_script" value="yes"></noscript>' in page


def test_a_limit_of_the_sign_in_is_told_in_words(client: Client, db: None) -> None:
    request = client.get("/sign-in/").wsgi_request

    response = too_many(request)

    assert response.status_code == 429
    assert "Wait a minute" in response.content.decode()
