"""A client reads, answers and closes his ticket, with Sam at another browser."""

import re
from collections.abc import Callable
from itertools import count

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.people import Person
from tests.e2e.test_client_opens import A_FILE, FORM, send, write

_turns = count(1)


@pytest.fixture
def alice(person: Callable[..., Person]) -> Person:
    """Alice at a fresh ticket of hers."""
    someone = person("alice")
    someone.go(FORM)
    write(someone.page)
    send(someone.page)
    return someone


@pytest.fixture
def sam(person: Callable[..., Person]) -> Person:
    return person("sam")


def number_in(page: Page) -> str:
    return page.locator("[data-thread]").get_attribute("data-thread") or ""


def answer(sam: Person, number: str, text: str) -> None:
    """Answer as support from the desk."""
    sam.go(f"/northhost/desk/tickets/{number}/")
    sam.page.locator("#reply textarea").fill(text)
    sam.page.locator("#reply").get_by_role("button", name="Reply", exact=True).click()
    expect(sam.page.locator(".msg, [data-message]").filter(has_text=text).first).to_be_visible()


def test_a_reply_with_a_file_stands_in_the_thread(alice: Person) -> None:
    page = alice.page
    page.get_by_label("Your reply").fill("Here is the log.")
    page.locator("#files").set_input_files([A_FILE])
    expect(page.get_by_role("button", name="Remove server.log")).to_be_visible()

    page.get_by_role("button", name="Reply", exact=True).click()

    last = page.locator("article.msg").last
    expect(last).to_contain_text("Here is the log.")
    expect(last).to_contain_text("server.log")
    expect(page.get_by_label("Your reply")).to_have_value("")
    assert alice.complaints == []


def test_a_double_click_sends_one_reply(alice: Person) -> None:
    page = alice.page
    page.get_by_label("Your reply").fill("Once only.")

    page.get_by_role("button", name="Reply", exact=True).dblclick()

    expect(page.get_by_text("Reply sent.")).to_be_visible()
    expect(page.locator("article.msg").filter(has_text="Once only.")).to_have_count(1)


def test_an_answer_appears_by_itself(alice: Person, sam: Person) -> None:
    answer(sam, number_in(alice.page), "We look into it.")

    expect(alice.page.locator("article.msg").last).to_contain_text("We look into it.")
    expect(alice.page.locator("#ticket-status")).to_contain_text("Waiting for reply")
    expect(alice.page.get_by_text("Support has answered.")).to_be_visible()
    assert alice.complaints == []


def test_an_answer_that_was_seen_is_no_unread_notification(alice: Person, sam: Person) -> None:
    number = number_in(alice.page)
    answer(sam, number, "We look into it.")
    expect(alice.page.locator("article.msg").last).to_contain_text("We look into it.")
    badge = alice.page.get_by_role("link", name=re.compile("Notifications")).first
    alice.page.wait_for_timeout(3_000)  # the row is written by a job, and then marked

    shown = badge.inner_text()
    alice.go("/northhost/notifications/")

    row = alice.page.get_by_role("listitem").filter(has_text=f"Support answered #{number}").first
    expect(row.locator(".dot.unread")).to_have_count(0)
    assert badge.inner_text() == shown


def test_who_reads_further_up_is_offered_the_answer(alice: Person, sam: Person) -> None:
    page = alice.page
    page.get_by_label("Your reply").fill("\n".join(f"line {n}\n" for n in range(120)))
    page.get_by_role("button", name="Reply", exact=True).click()
    expect(page.get_by_text("Reply sent.")).to_be_visible()
    page.evaluate("scrollTo(0, 0)")

    answer(sam, number_in(page), "We look into it.")

    page.get_by_role("button", name="1 new message").click()
    expect(page.locator("article.msg").last).to_contain_text("We look into it.")
    expect(page.get_by_role("button", name="1 new message")).to_be_hidden()


def test_an_open_list_offers_what_is_new_and_keeps_its_rows(alice: Person, sam: Person) -> None:
    number = number_in(alice.page)
    alice.go("/northhost/tickets/")
    before = alice.page.locator("table.tickets td.status").first.inner_text()

    answer(sam, number, "We look into it.")

    offer = alice.page.get_by_role("link", name="1 new", exact=True)
    expect(offer).to_be_visible()
    assert alice.page.locator("table.tickets td.status").first.inner_text() == before
    offer.click()
    row = alice.page.locator("table.tickets tbody tr").first
    expect(row).to_contain_text("We look into it.")
    expect(row).to_contain_text("Waiting for reply")


def test_home_offers_what_is_new_and_keeps_what_is_typed(alice: Person, sam: Person) -> None:
    number = number_in(alice.page)
    alice.go("/northhost/")
    box = alice.page.get_by_label(re.compile("What can we help you with"))
    box.fill("One more thing")

    answer(sam, number, "We look into it.")

    alice.page.get_by_role("link", name="1 new", exact=True).click()
    row = alice.page.locator("#home-list .list-row").filter(has_text=f"#{number}")
    expect(row).to_contain_text("We look into it.")
    expect(row).to_contain_text("Waiting for reply")
    expect(box).to_have_value("One more thing")
    expect(alice.page.get_by_role("link", name="1 new", exact=True)).to_be_hidden()


def test_a_notification_is_there_within_five_seconds(alice: Person, sam: Person) -> None:
    number = number_in(alice.page)
    alice.go("/northhost/")
    badge = alice.page.get_by_role("link", name=re.compile("Notifications")).locator(".count").first
    before = int(badge.inner_text()) if badge.count() else 0

    answer(sam, number, "We look into it.")

    expect(badge).to_have_text(str(before + 1), timeout=5_000)
    alice.go("/northhost/notifications/")
    expect(alice.page.get_by_text(f"Support answered #{number}")).to_be_visible()


def test_closing_asks_once(alice: Person) -> None:
    page = alice.page
    page.get_by_role("button", name="Close ticket").click()
    question = page.get_by_role("dialog")
    expect(question).to_contain_text(f"Close ticket #{number_in(page)}?")
    expect(question).to_contain_text("It becomes read-only and cannot be reopened.")
    expect(question.get_by_role("button", name="Send and close")).to_be_hidden()

    question.get_by_role("button", name="Close ticket").click()

    expect(page.get_by_text("This ticket is closed and read-only.")).to_be_visible()
    expect(page.get_by_label("Your reply")).to_have_count(0)
    alice.look_in_every_window("client-ticket-solved")


def test_cancel_leaves_the_ticket_open(alice: Person) -> None:
    alice.page.get_by_role("button", name="Close ticket").click()

    alice.page.get_by_role("button", name="Cancel").click()

    expect(alice.page.get_by_role("dialog")).to_be_hidden()
    expect(alice.page.get_by_role("button", name="Close ticket")).to_be_focused()


def test_a_typed_reply_can_be_sent_with_the_close(alice: Person) -> None:
    page = alice.page
    page.get_by_label("Your reply").fill("Thank you, all is well.")
    page.get_by_role("button", name="Close ticket").click()

    page.get_by_role("button", name="Send and close").click()

    expect(page.get_by_text("This ticket is closed and read-only.")).to_be_visible()
    expect(page.locator("article.msg").last).to_contain_text("Thank you, all is well.")


def test_a_ticket_closed_while_one_types_keeps_the_text(alice: Person, sam: Person) -> None:
    page = alice.page
    page.get_by_label("Your reply").fill("One more thing.")
    close_as_staff(sam, number_in(page))

    expect(page.get_by_text("This ticket was closed while you were writing.")).to_be_visible()
    page.get_by_role("button", name="Open a new ticket about this with it").click()

    alice.arrive("/northhost/tickets/new/")
    expect(page.get_by_label("Describe your question")).to_have_value("One more thing.")
    expect(page.get_by_text("Goes on with")).to_be_visible()


def close_as_staff(sam: Person, number: str) -> None:
    """Close the ticket from the desk, by its form alone."""
    sam.go(f"/northhost/desk/tickets/{number}/")
    token = sam.page.locator("#reply [name=csrfmiddlewaretoken]").first.input_value()
    sam.page.request.post(
        f"/northhost/desk/tickets/{number}/close/",
        form={"csrfmiddlewaretoken": token, "confirm": "1"},
    )


def test_answering_and_closing_work_without_script(person: Callable[..., Person]) -> None:
    carol = person("carol", java_script_enabled=False)
    page = carol.page
    carol.go(FORM)
    page.get_by_label("Describe your question").fill("Please renew my other domain")
    page.get_by_role("radio", name="Sales").check()
    send(page)
    page.get_by_label("Your reply").fill("By the end of the month.")
    page.locator("#files").set_input_files([A_FILE])
    page.get_by_role("button", name="Reply", exact=True).click()
    expect(page.locator("article.msg").last).to_contain_text("server.log")

    page.get_by_label("Your reply").fill("Never mind.")
    page.get_by_role("button", name="Close ticket").click()
    expect(page.get_by_label("Your reply is not sent yet")).to_have_value("Never mind.")
    page.get_by_role("button", name="Close ticket").click()

    expect(page.get_by_text("This ticket is closed and read-only.")).to_be_visible()


def test_an_image_opens_in_a_dialog(alice: Person) -> None:
    alice.go("/northhost/tickets/?q=slow since last night")
    alice.page.locator("table.tickets a").first.click()

    alice.page.get_by_role("img", name=re.compile("Preview of")).first.click()

    dialog = alice.page.get_by_role("dialog")
    expect(dialog.get_by_role("link", name="Download")).to_be_visible()
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_have_count(0)


def test_what_is_charged_and_given_back_appears_by_itself_and_once(
    alice: Person, person: Callable[..., Person]
) -> None:
    hana, number = person("hana"), number_in(alice.page)
    lines = alice.page.locator("[data-money]")

    hana.go(f"/northhost/desk/tickets/{number}/charge/")
    hana.page.locator("#amount").fill("1.00")
    hana.page.locator("#reason").fill("Moved a mailbox")
    hana.page.get_by_role("button", name="Charge", exact=True).click()
    hana.arrive(f"/northhost/desk/tickets/{number}/")
    expect(lines.filter(has_text="Support charged 1.00 EUR")).to_have_count(1)
    hana.go("/northhost/desk/clients/1/money/")
    hana.page.get_by_role("listitem").filter(has_text=f"#{number}").get_by_role("link").click()
    hana.page.locator("#reason").fill("Our mistake")
    hana.page.get_by_role("button", name="Refund", exact=True).click()

    expect(lines.filter(has_text="1.00 EUR was refunded: Our mistake")).to_have_count(1)
    expect(lines.filter(has_text="Support charged 1.00 EUR")).to_have_count(1)
    assert alice.complaints == []
