"""Sessions: listed, ended one by one or all others, ended when rights change."""

from allauth.usersessions.models import UserSession
from django.test import Client, RequestFactory

from frontdesk.channels.web.sign_in.browsers import browser_words
from frontdesk.channels.web.sign_in.sessions import end_sessions_of
from tests.channels.web.sign_in.people import sign_in, signed_in
from tests.people import House

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"


def another_browser(house: House) -> Client:
    client = Client(headers={"User-Agent": FIREFOX})
    sign_in(client, house.alice.email)
    return client


def test_each_session_is_listed_by_its_browser(house: House) -> None:
    here = signed_in(house.alice)
    another_browser(house)

    html = here.get("/security/sessions/").content.decode()

    assert "Firefox on Windows" in html
    assert html.count("This browser") == 1


def test_one_session_is_ended(house: House) -> None:
    here = signed_in(house.alice)
    elsewhere = another_browser(house)
    row = UserSession.objects.get(session_key=elsewhere.session.session_key)

    here.post(f"/security/sessions/{row.pk}/end/")

    assert elsewhere.get("/security/").status_code == 302
    assert here.get("/security/").status_code == 200


def test_sessions_of_others_cannot_be_ended(house: House) -> None:
    carols = signed_in(house.carol)
    row = UserSession.objects.get(user=house.carol)

    response = signed_in(house.alice).post(f"/security/sessions/{row.pk}/end/")

    assert response.status_code == 404
    assert carols.get("/security/").status_code == 200


def test_all_other_sessions_are_ended_at_once(house: House) -> None:
    here = signed_in(house.alice)
    elsewhere = another_browser(house)

    here.post("/security/sessions/")

    assert elsewhere.get("/security/").status_code == 302
    assert here.get("/security/").status_code == 200


def test_sessions_end_for_whom_rights_were_changed(house: House) -> None:
    client = signed_in(house.sam)
    request = RequestFactory().get("/")
    request.session = signed_in(house.ada).session

    ended = end_sessions_of(house.sam.pk, request)

    assert ended == 1
    assert client.get("/northhost/account/").status_code == 302


def test_a_browser_is_named_by_what_it_says_of_itself() -> None:
    chrome = "Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36"

    assert browser_words(FIREFOX) == "Firefox on Windows"
    assert browser_words(chrome) == "Chrome on Android"
    assert browser_words("<script>") == "Unknown browser"
