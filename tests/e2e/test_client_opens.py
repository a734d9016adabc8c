"""A client opens a ticket: whatever the browser does with the form, it is one, and all of it."""

import re
from collections.abc import Callable
from itertools import count

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.people import Person

FORM = "/northhost/tickets/new/"
TICKET = re.compile(r"/northhost/tickets/(\d+)/")
A_FILE = {"name": "server.log", "mimeType": "text/plain", "buffer": b"error 502\n"}
_turns = count(1)


def write(page: Page, text: str = "", department: str = "Technical support") -> str:
    """Fill in the form as quickly as a person could; return what was written."""
    text = text or f"The shop answers slowly, turn {next(_turns)}"
    page.get_by_label("Describe your question").fill(text)
    page.get_by_role("radio", name=department).check()
    return text


def send(page: Page) -> int:
    """Press the button; return the number of the ticket that it leads to."""
    page.get_by_role("button", name="Send ticket").click()
    page.wait_for_url(TICKET)
    return number_of(page)


def number_of(page: Page) -> int:
    found = TICKET.search(page.url)
    assert found, page.url
    return int(found.group(1))


def how_many(page: Page, text: str) -> int:
    """Return how many tickets the list finds for these words."""
    page.goto(f"/northhost/tickets/?q={text}")
    return page.locator("table.tickets tbody tr").count()


@pytest.fixture
def alice(person: Callable[..., Person]) -> Person:
    someone = person("alice")
    someone.go(FORM)
    return someone


def test_a_ticket_is_opened_with_files(alice: Person) -> None:
    page = alice.page
    text = write(page, f"Hello,\n\nmail is rejected, turn {next(_turns)}")
    expect(page.locator("#subject")).to_have_text(text.splitlines()[2])

    page.locator("#files").set_input_files([A_FILE])
    expect(page.get_by_role("button", name="Remove server.log")).to_be_visible()
    send(page)

    expect(page.get_by_role("heading", level=1)).to_have_text(text.splitlines()[2])
    expect(page.get_by_role("link", name=re.compile("server.log"))).to_be_visible()
    expect(page.get_by_text("is sent to Technical support.")).to_be_visible()
    assert alice.complaints == []


def test_a_double_click_opens_one_ticket(alice: Person) -> None:
    text = write(alice.page)

    alice.page.get_by_role("button", name="Send ticket").dblclick()
    alice.page.wait_for_url(TICKET)

    assert how_many(alice.page, text) == 1


def test_the_way_back_and_once_more_is_the_same_ticket(alice: Person) -> None:
    text = write(alice.page)
    first = send(alice.page)

    alice.page.go_back()
    expect(alice.page.get_by_label("Describe your question")).to_have_value(text)
    alice.page.get_by_role("radio", name="Technical support").check()
    second = send(alice.page)

    assert second == first
    assert how_many(alice.page, text) == 1


@pytest.mark.parametrize("has_script", [True, False])
def test_the_way_back_to_a_form_that_had_errors_shows_it(
    person: Callable[..., Person], has_script: bool
) -> None:
    page = person("carol", java_script_enabled=has_script).page
    page.goto(FORM)
    text = write(page, department="Sales")
    page.get_by_label("Describe your question").fill("")
    page.get_by_role("button", name="Send ticket").click()
    expect(page.get_by_role("alert").first).to_contain_text("Write your question first.")
    write(page, text, department="Sales")
    first = send(page)

    page.go_back()
    write(page, text, department="Sales")

    assert send(page) == first


def test_a_reload_after_sending_sends_nothing(alice: Person) -> None:
    text = write(alice.page)
    number = send(alice.page)

    alice.page.reload()

    assert number_of(alice.page) == number
    assert how_many(alice.page, text) == 1


def test_the_same_draft_sent_from_two_tabs_is_one_ticket(alice: Person) -> None:
    text = write(alice.page)
    expect(alice.page.get_by_text("Draft saved")).to_be_visible()
    other = alice.page.context.new_page()
    other.goto(FORM)
    assert other.get_by_label("Describe your question").input_value() == text

    assert send(other) == send(alice.page)
    assert how_many(alice.page, text) == 1


def test_a_cut_connection_loses_nothing(alice: Person) -> None:
    page = alice.page
    text = write(page)
    page.route(f"**{FORM}?send=1", lambda route: route.abort())
    page.get_by_role("button", name="Send ticket").click()
    page.wait_for_url("chrome-error://**")

    page.unroute(f"**{FORM}?send=1")
    page.goto(FORM)

    assert page.get_by_label("Describe your question").input_value() == text
    page.get_by_role("radio", name="Technical support").check()
    send(page)
    assert how_many(page, text) == 1


def test_who_was_signed_out_finds_his_text_after_signing_in(person: Callable[..., Person]) -> None:
    carol = person()
    carol.sign_in("carol")
    carol.go(FORM)
    text = write(carol.page)
    carol.page.context.clear_cookies(name="session")

    carol.page.get_by_role("button", name="Send ticket").click()
    carol.page.get_by_label("E-mail").fill("carol@client.example")
    carol.page.get_by_label("Password", exact=True).fill("demo")
    carol.page.get_by_role("button", name="Sign in", exact=True).click()
    carol.arrive(FORM)

    expect(carol.page.get_by_label("Describe your question")).to_have_value(text)


def test_what_was_typed_is_there_after_leaving_the_page(alice: Person) -> None:
    text = write(alice.page, department="Sales")
    expect(alice.page.get_by_text("Draft saved")).to_be_visible()

    alice.go("/northhost/")
    alice.go(FORM)

    assert alice.page.get_by_label("Describe your question").input_value() == text
    expect(alice.page.get_by_role("radio", name="Sales")).to_be_checked()
    send(alice.page)


def test_who_comes_back_to_a_window_is_told_of_newer_text(alice: Person) -> None:
    write(alice.page, department="Sales")
    expect(alice.page.get_by_text("Draft saved")).to_be_visible()
    other = alice.page.context.new_page()
    other.goto(alice.page.url)
    field = other.get_by_label("Describe your question")
    field.fill("Written in the other window")
    expect(other.get_by_text("Draft saved")).to_be_visible()

    alice.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    alice.page.get_by_text("Another window has newer text").get_by_role("link").click()

    expect(alice.page.get_by_label("Describe your question")).to_have_value(
        "Written in the other window"
    )
    alice.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    alice.page.wait_for_timeout(300)
    expect(alice.page.get_by_text("Another window has newer text")).to_be_hidden()
    other.close()
    send(alice.page)  # the next test begins without a draft


def test_files_are_dropped_and_taken_out_again(alice: Person) -> None:
    page = alice.page
    page.evaluate(
        """() => {
            const data = new DataTransfer();
            data.items.add(new File(["a"], "dropped.log"));
            document.querySelector(".drop").dispatchEvent(
                new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
        }"""
    )

    page.get_by_role("button", name="Remove dropped.log").click()

    expect(page.get_by_role("button", name="Remove dropped.log")).to_have_count(0)


def test_a_refused_program_says_why_and_does_not_stop_the_rest(alice: Person) -> None:
    page = alice.page
    write(page)

    program = {"name": "setup.exe", "mimeType": "text/plain", "buffer": b"MZ\x90\x00"}
    page.locator("#files").set_input_files([program, A_FILE])

    expect(page.get_by_text("setup.exe cannot be sent: programs are not accepted.")).to_be_visible()
    expect(page.get_by_role("button", name="Remove server.log")).to_be_visible()
    send(page)
    expect(page.get_by_text("server.log")).to_be_visible()


def test_an_empty_form_says_what_is_missing_and_where(alice: Person) -> None:
    alice.page.get_by_role("button", name="Send ticket").click()

    alert = alice.page.get_by_role("alert").first
    expect(alert).to_contain_text("Write your question first. Files alone cannot be sent.")
    expect(alert).to_be_focused()
    alice.look_in_every_window("client-new-errors")


def test_home_carries_text_and_files_to_the_form(alice: Person) -> None:
    page = alice.page
    alice.go("/northhost/")
    text = f"The certificate has expired, turn {next(_turns)}"
    page.get_by_label(re.compile("What can we help you with")).fill(text)
    page.locator("#files").set_input_files([A_FILE])
    expect(page.get_by_role("list", name="Chosen files")).to_contain_text("server.log")

    page.get_by_role("button", name="Continue").click()
    alice.arrive(FORM)

    expect(page.get_by_label("Describe your question")).to_have_value(re.compile(f"^{text}"))
    expect(page.get_by_text("server.log")).to_be_visible()
    page.get_by_role("radio", name="Sales").check()
    send(page)


def test_asking_about_a_service_chooses_it(alice: Person) -> None:
    alice.go("/northhost/")
    row = alice.page.get_by_role("listitem").filter(has_text="vps-shop-01").last
    row.get_by_role("link", name="Ask about it", exact=True).click()

    chosen = alice.page.get_by_label("Select a service").locator("option:checked")

    expect(chosen).to_have_text(re.compile("^vps-shop-01"))


def test_everything_works_without_script(person: Callable[..., Person]) -> None:
    carol = person("carol", java_script_enabled=False)
    page = carol.page
    carol.go("/northhost/")
    page.get_by_label(re.compile("What can we help you with")).fill("Please renew my domain")
    page.get_by_role("button", name="Continue").click()
    page.locator("#files").set_input_files([A_FILE])

    page.get_by_role("radio", name="Sales").check()
    number = send(page)

    expect(page.get_by_text(f"Ticket #{number} is sent to Sales.")).to_be_visible()
    expect(page.get_by_text("server.log")).to_be_visible()
