"""The pages that outside programs rely on, by a plain HTTP client without script."""

import re
import time
from contextlib import ExitStack
from itertools import count

import httpx
import pytest

from tests.contract.browser import FormReader, PlainBrowser
from tests.contract.program import Program

_numbers = count(1)


@pytest.fixture
def come(demo: Program):
    """`alice = come("alice")`: somebody signed in at the demo."""
    with ExitStack() as stack:

        def one(person: str = "") -> PlainBrowser:
            browser = PlainBrowser(demo.address, person)
            stack.callback(browser.http.close)
            return browser

        yield one


def department(page: httpx.Response, name: str = "Technical support") -> str:
    return FormReader(page.text).options[name]


def open_ticket(alice: PlainBrowser, text: str = "", **more) -> httpx.Response:
    page = alice.get("/northhost/tickets/new/")
    fields = {
        "message": text or f"The shop is slow, number {next(_numbers)}.",
        "department": department(page),
    }
    return alice.send(page, "Send ticket", fields, **more)


def number_of(page: httpx.Response) -> str:
    found = re.search(r"/tickets/(\d+)/$", str(page.url.path))
    assert found, page.url
    return found[1]


@pytest.mark.parametrize("person", ["alice", "bob", "carol", "dora"])
def test_clients_sign_in_with_demo(come, person) -> None:
    assert come(person).get("/northhost/").status_code == 200


@pytest.mark.parametrize("person", ["sam", "omar", "hana", "ada"])
def test_staff_without_a_membership_go_to_the_desk(come, person) -> None:
    assert come(person).get("/northhost/").url.path == "/northhost/desk/"


def test_a_wrong_password_is_told_in_one_sentence(come) -> None:
    nobody = come()
    page = nobody.get("/sign-in/")

    answer = nobody.send(page, "Sign in", {"login": "alice@client.example", "password": "x"})

    assert "do not match" in answer.text
    assert 'role="alert"' in answer.text


def test_the_first_page_and_both_names_of_this_machine(come, demo: Program) -> None:
    assert come("alice").get("/").url.path == "/northhost/"
    by_address = httpx.get(f"http://127.0.0.1:{demo.port}/sign-in/")
    assert by_address.status_code == 200


def test_a_page_that_needs_sign_in_redirects(come) -> None:
    answer = come().http.get("/northhost/tickets/")

    assert answer.status_code == 302
    assert answer.headers["location"].startswith("/sign-in/")


def test_the_form_of_a_new_ticket_has_its_fields_in_order(come) -> None:
    alice = come("alice")
    form = alice.form(alice.get("/northhost/tickets/new/"), "Send ticket")

    wanted = ["message", "files", "department", "service", "key"]
    assert [name for name in form.names if name in wanted] == wanted
    assert form.hidden["key"]


def test_a_ticket_goes_the_whole_way(come) -> None:
    alice, sam = come("alice"), come("sam")
    files = [("load.txt", b"load 14.2\n"), ("error.log", b"502\n")]

    page = open_ticket(alice, "Hello,\nthe shop answers with 502.", files=files)
    number = number_of(page)
    assert "the shop answers with 502." in page.text
    assert "load.txt" in page.text

    desk = sam.get(f"/northhost/desk/tickets/{number}/")
    sam.send(desk, "Reply", {"message": "We restarted the service."})
    page = alice.get(f"/northhost/tickets/{number}/")
    assert "We restarted the service." in page.text
    assert "Waiting for reply" in page.text

    page = alice.send(page, "Reply", {"message": "Thank you, it works."})
    assert "In progress" in page.text
    page = alice.send(page, "Close ticket", {})
    if "Solved" not in page.text:
        page = alice.send(page, "Close ticket", {})
    page = alice.get(f"/northhost/tickets/{number}/")
    assert "Solved" in page.text
    assert "Open a new ticket about this" in page.text


def test_a_repeated_send_leads_to_the_same_ticket(come) -> None:
    alice = come("alice")
    page = alice.get("/northhost/tickets/new/")
    fields = {"message": "Sent twice.", "department": department(page)}

    first = alice.send(page, "Send ticket", fields)
    second = alice.send(page, "Send ticket", fields)

    assert number_of(first) == number_of(second)


def test_errors_are_tied_to_their_fields_and_keep_the_text(come) -> None:
    alice = come("alice")
    page = alice.get("/northhost/tickets/new/")

    answer = alice.send(page, "Send ticket", {"message": "No department."}, follow=False)

    assert answer.status_code == 422
    assert "No department." in answer.text
    assert 'role="alert"' in answer.text
    assert 'aria-describedby="department-error"' in answer.text


def test_files_go_to_readers_and_to_nobody_else(come) -> None:
    page = open_ticket(come("alice"), files=[("secret.txt", b"a password")])
    address = re.search(r'href="(/northhost/files/\d+/)"', page.text)[1]

    assert come("sam").get(address).content == b"a password"
    for stranger in ("bob", "carol", "omar", "sven"):
        assert come(stranger).get(address).status_code == 404
    assert come().http.get(address).status_code == 302


def test_strangers_find_no_ticket(come) -> None:
    number = number_of(open_ticket(come("alice")))

    for stranger in ("bob", "carol", "dora"):
        assert come(stranger).get(f"/northhost/tickets/{number}/").status_code == 404
    for stranger in ("omar", "sven", "alice"):
        assert come(stranger).get(f"/northhost/desk/tickets/{number}/").status_code == 404


def test_a_note_is_seen_by_staff_only(come) -> None:
    alice, sam = come("alice"), come("sam")
    number = number_of(open_ticket(alice))

    desk = sam.get(f"/northhost/desk/tickets/{number}/")
    answer = sam.send(desk, "Add internal note", {"message": "canary in the coal mine"})

    assert "canary in the coal mine" in answer.text
    for path in (f"tickets/{number}/", "tickets/", "", "notifications/"):
        assert "canary" not in alice.get(f"/northhost/{path}").text


def test_desk_forms_have_their_names(come) -> None:
    sam = come("sam")
    page = sam.get(f"/northhost/desk/tickets/{number_of(open_ticket(come('alice')))}/")

    reply, note = sam.form(page, "Reply"), sam.form(page, "Add internal note")
    assert reply.id == "reply"
    assert {"message", "files", "key"} <= set(reply.names)
    assert note.id == "note"
    assert {"message", "key"} <= set(note.names)


def test_all_tickets_filters_and_searches(come) -> None:
    alice = come("alice")
    word = f"zebra{next(_numbers)}x{int(time.time())}"
    number = number_of(open_ticket(alice, f"The {word} is slow."))

    def numbers(**query: str) -> set[str]:
        page = alice.get("/northhost/tickets/", **query)
        assert page.status_code == 200
        return set(re.findall(r"/northhost/tickets/(\d+)/", page.text))

    assert number in numbers()
    assert numbers(q=word) == {number}
    assert numbers(q=f"#{number}") == {number}
    assert number in numbers(status="in_progress") & numbers(status="open")
    assert number not in numbers(status="solved") | numbers(status="waiting_for_reply")


def test_a_notification_is_there_within_five_seconds(come) -> None:
    alice, sam = come("alice"), come("sam")
    number = number_of(open_ticket(alice))
    desk = sam.get(f"/northhost/desk/tickets/{number}/")
    sam.send(desk, "Reply", {"message": "We look at it."})

    end = time.monotonic() + 5
    while f"#{number}" not in (page := alice.get("/northhost/notifications/")).text:
        assert time.monotonic() < end, "no notification after 5 s"
        time.sleep(0.2)

    assert "Mark all as read" in page.text


def test_take_is_for_the_first(come) -> None:
    number = number_of(open_ticket(come("alice")))
    sam, hana = come("sam"), come("hana")
    path = f"/northhost/desk/tickets/{number}/"
    seen_by_hana = hana.get(path)

    sam.http.post(f"{path}take/", data=hidden(sam, path), follow_redirects=True)
    answer = hana.http.post(
        f"{path}take/",
        data=hana.form(seen_by_hana, "Reply").hidden,
        follow_redirects=True,
    )

    assert "Sam Novak" in answer.text


def hidden(person: PlainBrowser, path: str) -> dict[str, str]:
    return person.form(person.get(path), "Reply").hidden


def test_operators_pages(demo: Program) -> None:
    assert httpx.get(f"{demo.address}/healthz").status_code == 200
    assert httpx.get(f"{demo.address}/readyz").status_code == 200
    assert "frontdesk" in httpx.get(f"{demo.address}/metrics").text


def test_departments_and_services_of_the_demo(come) -> None:
    page = come("alice").get("/northhost/tickets/new/")

    for name in ("Technical support", "Sales", "Administration"):
        assert name in FormReader(page.text).options
    assert come("dora").get("/southcloud/tickets/new/").text.count("Support") > 0


def test_cookies_have_plain_names_on_loopback(come) -> None:
    assert {"session", "csrf"} <= set(come("alice").http.cookies)


def test_the_demos_sign_in_offers_its_people(come) -> None:
    page = come().get("/sign-in/")

    for name in ("Alice", "Sam", "Ada"):
        assert f"Continue as {name}" in page.text
