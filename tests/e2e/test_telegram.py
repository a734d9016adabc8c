"""Both dialogues on the demo's phone, with the desk at the other end; and Connect Telegram."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import FilePayload, expect

from tests.e2e.people import Person
from tests.e2e.phone import Phone
from tests.factories import PNG

PHOTO = FilePayload(name="graph.png", mimeType="image/png", buffer=PNG)
LOG = FilePayload(name="shop.log", mimeType="text/plain", buffer=b"GET /checkout 502\n")
NUMBER = re.compile(r"#(\d+)")
Come = Callable[..., Person]


def number_in(text: str) -> str:
    found = NUMBER.search(text)
    assert found, text
    return found[1]


def open_ticket(phone: Phone, subject: str) -> str:
    """Open a ticket with a photo and a document; return its number."""
    phone.send("/createticket", "Choose a department.")
    phone.press("Technical support", "What is it about?")
    phone.send(subject, "Which service")
    phone.press("Skip", "Describe your question")
    phone.send("It began at 8.", "Added (1 message")
    phone.attach(PHOTO, LOG, caption="The graph and the log.", answer="2 of 5 files")
    return number_in(phone.press("Complete", "is sent to Technical support").inner_text())


def test_a_ticket_from_the_phone_to_the_desk_and_back(person: Come) -> None:
    alice, sam, phone = person("alice"), person("sam"), Phone(person().page).open()
    number = open_ticket(phone, "Checkout answers 502")

    alice.go(f"/northhost/tickets/{number}/")
    thread = alice.page.get_by_role("main")
    expect(thread).to_contain_text("It began at 8.")
    expect(thread).to_contain_text("The graph and the log.")
    expect(thread).to_contain_text("shop.log")
    # Telegram tells no name of a photo.
    expect(thread.get_by_role("img", name="photo1.jpg")).to_be_visible()
    alice.go("/northhost/tickets/")
    expect(alice.page.get_by_role("link", name="Checkout answers 502").first).to_be_visible()

    sam.go(f"/northhost/desk/tickets/{number}/")
    expect(sam.page.get_by_role("main").get_by_text("shop.log").first).to_be_visible()
    assert sam.page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    sam.page.locator("#reply [name=message]").fill("The shop is **restarted**. Is it well?")
    sam.page.locator("#reply [type=file]").set_input_files([PHOTO])
    sam.page.locator("#reply").get_by_role("button", name="Reply", exact=True).click()

    phone.hear("The shop is restarted. Is it well?")
    expect(phone.chat.get_by_role("img", name="graph.png")).to_have_count(2, timeout=20_000)


def test_the_list_a_reply_and_archive_on_the_phone(person: Come) -> None:
    sam, phone = person("sam"), Phone(person().page).open()
    number = open_ticket(phone, "Mail is late")
    sam.go(f"/northhost/desk/tickets/{number}/")
    sam.page.locator("#reply [name=message]").fill("The queue is empty again.")
    sam.page.locator("#reply").get_by_role("button", name="Reply", exact=True).click()
    phone.hear("The queue is empty again.")

    phone.send("/start", "Your active tickets")
    phone.press(f"↩ #{number}", "Waiting for your reply")
    phone.press("Add a reply", f"Reply to #{number}")
    phone.send("It came just now.", "Added (1 message")
    phone.press("Complete", f"Your reply to #{number} is sent")
    sam.page.reload()
    expect(sam.page.get_by_role("main")).to_contain_text("It came just now.")

    sam.page.locator("#reply [name=message]").fill("Good to hear.")
    sam.page.locator("#reply").get_by_role("button", name="Reply", exact=True).click()
    phone.hear("Good to hear.")
    phone.send("/start", "Your active tickets")
    phone.press(f"↩ #{number}", "Waiting for your reply")
    phone.press("Archive", f"Close ticket #{number}?")
    phone.press("Archive", f"Ticket #{number} is closed.")
    listed = phone.send("/start", "Your active tickets")
    assert f"#{number}" not in listed.inner_text()


@pytest.mark.parametrize("has_script", [True, False])
def test_a_phone_is_connected_by_the_code_and_disconnected(person: Come, has_script: bool) -> None:
    dora, phone = person("dora", java_script_enabled=has_script), Phone(person().page)
    phone.open("stranger").send("/start", "This Telegram account is not connected.")
    dora.go("/northhost/account/telegram/")
    dora.page.get_by_role("button", name="Make a new link").click()

    phone.send(dora.page.locator(".typed-code").inner_text(), "Connected to")

    if has_script:
        expect(dora.page.get_by_text("Connected as @sasha_503.")).to_be_visible()
        dora.look_in_every_window("connect-telegram")
    dora.go("/northhost/account/telegram/")
    dora.page.get_by_role("button", name="Disconnect @sasha_503").click()
    phone.send("/start", "This Telegram account is not connected.")


def test_the_code_is_copied_by_a_press(person: Come) -> None:
    dora = person("dora", permissions=["clipboard-read", "clipboard-write"])
    dora.go("/northhost/account/telegram/")
    dora.page.get_by_role("button", name="Make a new link").click()

    dora.page.get_by_role("button", name="Copy").click()

    expect(dora.page.get_by_role("button", name="Copied")).to_be_visible()
    code = dora.page.locator(".typed-code").inner_text()
    assert dora.page.evaluate("navigator.clipboard.readText()") == code


def test_a_test_message_from_the_settings_comes_at_once(person: Come) -> None:
    ada, phone = person("ada"), Phone(person().page)
    phone.open("stranger").send("/start", "This Telegram account is not connected.")
    ada.go("/northhost/settings/telegram/")
    ada.page.get_by_role("button", name="Send a test message").click()
    phone.send(ada.page.locator("#test-code").inner_text(), "Connected.")
    ada.look_in_every_window("settings-telegram-test")

    ada.page.get_by_role("button", name="Send a test message").click()

    phone.hear("Telegram works.")
    phone.send("/unlink", "Disconnected.")


def test_the_phone_in_every_window(person: Come) -> None:
    someone = person()
    phone = Phone(someone.page).open()
    phone.send("/createticket", "Choose a department.")
    phone.press("Technical support", "What is it about?")

    someone.look_in_every_window("telegram-demo")


def test_on_a_small_screen_one_still_chooses_who_one_is(person: Come) -> None:
    page = person().page
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/demo/telegram/")

    page.get_by_label("You are").select_option(label="Carol, another client")

    page.wait_for_url("**/demo/telegram/?as=carol")
    expect(page.get_by_label("You are")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
