"""Staff at work: by keyboard and by mouse, alone and with colleagues."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.people import Person

Come = Callable[..., Person]


def a_new_ticket(person: Come, subject: str) -> str:
    """Let Alice open a ticket in Technical support; return its number."""
    page = person("alice").page
    page.goto("/northhost/tickets/new/")
    page.locator("[name=message]").fill(subject)
    page.get_by_label("Technical support").check(force=True)
    page.get_by_role("button", name="Send ticket").click()
    page.wait_for_url(re.compile(r"/tickets/\d+/"))
    return re.search(r"/tickets/(\d+)/", page.url)[1]


def at_desk(person: Come, name: str, number: str, *, hears: bool = True) -> Page:
    """Let a staff member open the ticket; one who does not hear gets no news of it."""
    someone = person(name)
    if not hears:
        # From the first request on: a browser set offline keeps the streams it has.
        someone.page.context.route("**", _all_but_the_stream)
    someone.go(f"/northhost/desk/tickets/{number}/")
    return someone.page


def _all_but_the_stream(asked: Route) -> None:
    if asked.request.resource_type == "eventsource":
        asked.abort()
    else:
        asked.continue_()


def client_says(person: Come, number: str, text: str) -> None:
    """Let Alice write into her ticket."""
    page = person("alice").page
    page.goto(f"/northhost/tickets/{number}/")
    page.locator("[name=message]").fill(text)
    page.get_by_role("button", name="Reply", exact=True).click()
    expect(page.get_by_role("log")).to_contain_text(text)


def test_a_day_by_keyboard(person: Come) -> None:
    number = a_new_ticket(person, "Please raise the mail quota")
    page = at_desk(person, "sam", number)

    page.keyboard.press("t")
    expect(page.locator("#ticket-head")).to_contain_text("You")
    page.keyboard.press("r")
    page.keyboard.type("Done, you have 10 GB now.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("log")).to_contain_text("Done, you have 10 GB now.")
    expect(page.locator("#ticket-head")).to_contain_text("Waiting for client")
    page.keyboard.press("e")
    page.get_by_role("dialog").get_by_role("button", name="Close ticket").click()

    expect(page.locator("#closed")).to_contain_text("closed and read-only")


def test_the_queue_is_worked_without_a_mouse(person: Come) -> None:
    number = a_new_ticket(person, "Which keys does the queue know")
    sam = person("sam")
    sam.go("/northhost/desk/?view=unassigned")
    page = sam.page

    page.keyboard.press("j")
    expect(page.locator("tr.is-current")).to_contain_text(f"#{number}")
    page.keyboard.press("x")
    expect(page.locator("[data-selected]")).to_have_text("1 selected")
    page.keyboard.press("t")

    expect(page.locator("#toasts")).to_contain_text("1 ticket changed.")
    expect(page.locator(f"#t{number}")).to_have_count(0)


def test_letters_are_letters_while_one_types(person: Come) -> None:
    page = at_desk(person, "sam", a_new_ticket(person, "Letters"))

    page.locator("#reply-message").click()
    page.keyboard.type("eat rjntdp?")
    expect(page.locator("#reply-message")).to_have_value("eat rjntdp?")

    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="All keys")).to_be_visible()


def test_a_note_cannot_be_mistaken_for_a_reply(person: Come) -> None:
    number = a_new_ticket(person, "Is my server alive")
    page = at_desk(person, "sam", number)
    page.locator("#reply-message").fill("For Alice")

    page.get_by_role("tab", name="Internal note").click()
    expect(page.locator("#reply")).to_be_hidden()
    expect(page.get_by_text("Only staff of North Host will see this")).to_be_visible()
    page.locator("#note-message").fill("Canary 0815")
    page.get_by_role("button", name="Add internal note").click()

    expect(page.locator("article.note")).to_contain_text("Canary 0815")
    expect(page.locator("#reply-message")).to_have_value("For Alice")
    alice = person("alice")
    alice.go(f"/northhost/tickets/{number}/")
    assert "Canary" not in alice.page.content()


def test_news_appear_while_one_writes_and_the_text_stays(person: Come) -> None:
    number = a_new_ticket(person, "It is slow")
    page = at_desk(person, "sam", number)
    page.locator("#reply-message").fill("Half an answer")

    client_says(person, number, "It is fast again")

    expect(page.get_by_role("log")).to_contain_text("It is fast again")
    expect(page.locator("#reply-message")).to_have_value("Half an answer")


def test_the_send_guard_stops_what_crosses_a_colleagues_answer(person: Come) -> None:
    number = a_new_ticket(person, "Two answers")
    page = at_desk(person, "sam", number, hears=False)
    page.locator("#reply-message").fill("Sam answers")
    hana = at_desk(person, "hana", number)
    hana.locator("#reply-message").fill("Hana answers")
    hana.get_by_role("button", name="Reply", exact=True).click()
    expect(hana.get_by_role("log")).to_contain_text("Hana answers")

    page.get_by_role("button", name="Reply", exact=True).click()
    expect(page.locator(".guard")).to_contain_text("Hana replied")
    expect(page.locator("#reply-message")).to_have_value("Sam answers")
    page.get_by_role("button", name="Send anyway").click()

    expect(page.get_by_role("log")).to_contain_text("Sam answers")


def test_colleagues_see_each_other(person: Come) -> None:
    number = a_new_ticket(person, "Who is there")
    sam, hana = at_desk(person, "sam", number), at_desk(person, "hana", number)

    expect(sam.locator("#presence")).to_contain_text("Hana is reading this ticket")
    hana.locator("#reply-message").press_sequentially("Hello")
    expect(sam.locator("#presence")).to_contain_text("Hana is replying")
    hana.close()

    expect(sam.locator("#presence")).not_to_contain_text("Hana", timeout=20_000)


def test_the_second_taker_is_told_who_has_it(person: Come) -> None:
    number = a_new_ticket(person, "Mine or yours")
    sam = at_desk(person, "sam", number, hears=False)
    hana = at_desk(person, "hana", number)
    hana.get_by_role("button", name="Take").click()
    expect(hana.locator("#ticket-head")).to_contain_text("You")

    sam.locator("[data-key=t]").click()

    expect(sam.get_by_role("alert")).to_contain_text("Hana Sato has this ticket already.")


def test_a_ready_answer_is_inserted_after_a_slash(person: Come) -> None:
    page = at_desk(person, "sam", a_new_ticket(person, "Logs"))

    page.locator("#reply-message").press_sequentially("/logs we")
    page.get_by_role("option", name="Logs we need").wait_for()
    page.keyboard.press("Enter")

    expect(page.locator("#reply-message")).to_have_value(re.compile(r"^Hello Alice,"))


def test_the_palette_leads_anywhere(person: Come) -> None:
    number = a_new_ticket(person, "Palette of colours")
    sam = person("sam")
    sam.go("/northhost/desk/")

    sam.page.keyboard.press("Control+k")
    sam.page.keyboard.type(f"#{number}")
    expect(sam.page.get_by_role("option", name="Palette of colours")).to_be_visible()
    assert sam.barriers() == []
    sam.page.keyboard.press("Enter")

    sam.arrive(f"/northhost/desk/tickets/{number}/")


def test_new_tickets_wait_behind_a_button(person: Come) -> None:
    sam = person("sam")
    sam.go("/northhost/desk/?view=unassigned")
    first = sam.page.locator("tr[data-ticket]").first.inner_text()

    number = a_new_ticket(person, "Fresh from the press")
    button = sam.page.get_by_role("button", name="1 new ticket")
    expect(button).to_be_visible()
    assert sam.page.locator("tr[data-ticket]").first.inner_text() == first
    button.click()

    expect(sam.page.locator(f"#t{number}")).to_be_visible()


def test_a_priority_is_set_without_losing_the_page(person: Come) -> None:
    page = at_desk(person, "sam", a_new_ticket(person, "Urgent or not"))
    page.locator("#reply-message").fill("Being written")

    page.locator("[data-key=p]").click()
    page.get_by_role("button", name="Urgent").click()

    expect(page.locator("#ticket-head")).to_contain_text("Urgent")
    expect(page.get_by_role("log")).to_contain_text("set the priority to Urgent")
    expect(page.locator("#reply-message")).to_have_value("Being written")


def test_a_ticket_moves_away_with_a_reason(person: Come) -> None:
    sam, number = person("sam"), a_new_ticket(person, "What does it cost")
    sam.go(f"/northhost/desk/tickets/{number}/")
    page = sam.page

    page.keyboard.press("d")
    page.get_by_label("Sales").check()
    page.get_by_label("Reason").fill("A price")
    page.get_by_role("button", name="Move ticket").click()

    sam.arrive("/northhost/desk/")
    expect(page.locator("#toasts")).to_contain_text("is now with Sales")


def test_everything_works_without_script(person: Come) -> None:
    number = a_new_ticket(person, "No script here")
    sam = person("sam", java_script_enabled=False)
    sam.go(f"/northhost/desk/tickets/{number}/?view=unassigned")
    page = sam.page

    page.get_by_role("button", name="Take").click()
    page.locator("#note textarea").fill("A note by hand")
    page.get_by_role("button", name="Add internal note").click()
    page.locator("#reply textarea").fill("A reply by hand")
    page.get_by_role("button", name="Reply", exact=True).click()
    page.get_by_role("button", name="Close ticket").click()
    page.get_by_role("button", name="Close ticket").click()

    text = page.locator("#thread").inner_text()
    assert all(words in text for words in ("A note by hand", "A reply by hand", "closed this"))


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("desk-mine", "/northhost/desk/?view=mine"),
        ("desk-filters", "/northhost/desk/?filter=open&priority=3"),
        ("desk-department", "/northhost/desk/?department=1"),
        ("desk-search", "/northhost/desk/search/?q=alice"),
        ("desk-client", "/northhost/desk/clients/1/"),
        ("desk-new-for-client", "/northhost/desk/tickets/new/?account=1"),
        ("desk-solved-ticket", "/northhost/desk/tickets/1001/?view=solved"),
        ("desk-close", "/northhost/desk/tickets/1042/close/"),
    ],
)
def test_a_page_of_the_desk_is_open_to_everybody(person: Come, name: str, path: str) -> None:
    sam = person("sam")

    sam.go(path)

    sam.look_in_every_window(name)


def test_menus_note_and_dialogs_are_open_to_everybody(person: Come) -> None:
    sam = person("sam")
    sam.go("/northhost/desk/tickets/1042/")

    for key in ("p", "a", "d"):
        sam.page.keyboard.press(key)
        sam.page.locator("details[open] .popover :focus").wait_for()
        assert sam.barriers() == [], key
        sam.page.keyboard.press("Escape")
    sam.page.keyboard.press("e")
    sam.page.get_by_role("dialog").wait_for()
    assert sam.barriers() == []
    sam.page.keyboard.press("Escape")
    sam.page.keyboard.press("n")
    assert sam.barriers() == []
    assert sam.complaints == []
