"""A session names its person until it ends, and nobody otherwise."""

import re
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth import logout
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.sessions.models import Session
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from frontdesk.accounts.models import Account, Member
from frontdesk.accounts.models.account import Right
from frontdesk.channels.web.sign_in.recognition import PERSON, SessionStore, is_signed_in
from frontdesk.shared.composed import Composed
from tests.channels.web.sign_in.people import signed_in
from tests.factories import a_ticket
from tests.people import House

PAGE = "/northhost/tickets/"


def test_a_session_shows_its_persons_pages(house: House) -> None:
    assert signed_in(house.alice).get(PAGE).status_code == 200


def test_a_session_that_has_ended_leads_to_the_sign_in(house: House) -> None:
    client = signed_in(house.alice)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))

    assert client.get(PAGE).status_code == 302


def test_who_was_switched_off_is_out_at_once(house: House) -> None:
    client = signed_in(house.alice)
    house.alice.is_active = False
    house.alice.save()

    assert client.get(PAGE).status_code == 302


def test_another_password_ends_the_sessions_made_before(house: House) -> None:
    client = signed_in(house.alice)
    house.alice.set_password("Another-one-entirely-7")
    house.alice.save()

    assert client.get(PAGE).status_code == 302


@pytest.mark.parametrize("key", ["", "short", "x" * 400, "nul\\000nul\\000nul", "ünïcode-session"])
def test_a_session_cookie_of_any_kind_is_no_error(house: House, key: str) -> None:
    client = Client(headers={"cookie": f'session="{key}"'})

    assert client.get(PAGE).status_code == 302


def test_session_and_person_come_by_one_query(house: House) -> None:
    client = signed_in(house.alice)

    with CaptureQueriesContext(connection) as counted:
        client.get(PAGE)

    asked = [query["sql"] for query in counted if "accounts_user" in query["sql"]]
    assert len([sql for sql in asked if "django_session" in sql]) == 1
    assert not [sql for sql in asked if '"accounts_user"."password"' in sql]


def test_the_session_says_who_it_is_whatever_stands_beside_it(house: House) -> None:
    client = signed_in(house.alice)
    UserSession.objects.update(user=house.carol)

    page = client.get("/northhost/account/")

    assert page.wsgi_request.user == house.alice


def test_his_places_come_with_the_session(house: House) -> None:
    client = signed_in(house.dora)

    with CaptureQueriesContext(connection) as counted:
        client.get(PAGE)

    asked = [query["sql"] for query in counted if '"accounts_member"' in query["sql"]]
    assert "django_session" in asked[0]
    assert len([sql for sql in asked if "top_up_url" in sql]) == 1


def test_a_browser_that_is_known_for_somebody_else_shows_nothing_of_his(house: House) -> None:
    ticket = a_ticket(house.alice, house.technical, subject="Of nobody else's concern")
    client = signed_in(house.carol)
    UserSession.objects.update(user=house.alice)

    page = client.get(PAGE)

    assert ticket.subject not in page.content.decode()
    assert house.carol.name in page.content.decode()


def test_places_that_come_along_keep_their_order(house: House) -> None:
    for name in ("Zeta", "Alpha", "Midway"):
        account = Account.objects.create(provider=house.north, name=name)
        Member.objects.create(
            provider=house.north, account=account, user=house.alice, right=Right.ALL
        )

    page = signed_in(house.alice).get(PAGE).content.decode()

    names = re.findall(r"<option value=\"\d+\">([^<]+)</option>", page)
    assert len(names) == 4
    assert names == sorted(names)


def test_who_signs_out_is_nobody_for_the_rest_of_the_request(house: House) -> None:
    request = RequestFactory().get(PAGE)
    request.session = SessionStore(signed_in(house.alice).session.session_key)
    AuthenticationMiddleware(lambda _: HttpResponse()).process_request(request)
    query = Composed("SELECT %s::bigint", (PERSON,))
    assert is_signed_in(request, query)

    logout(request)

    assert not is_signed_in(request, query)
