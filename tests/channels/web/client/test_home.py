"""Home: what is going on, and a box to ask in that loses nothing."""

from django.test import Client

from frontdesk.accounts.models import Service
from frontdesk.notifications.notify import notify
from frontdesk.support.models import Draft, Event, Ticket, Upload
from tests.channels.web.client.browser import HTMX, Browser, a_text_file, field_of, text_of
from tests.factories import a_file, a_reply, a_solved_ticket, a_ticket
from tests.people import House, as_client, as_staff


def test_home_greets_by_first_name(house: House) -> None:
    assert "What can we help you with, Alice?" in text_of(Browser(house.alice).open("client_home"))


def test_tickets_that_wait_for_the_client_come_first(house: House) -> None:
    answered = a_ticket(house.alice, house.technical, "Old question")
    a_reply(as_staff(house.sam), answered)
    a_ticket(house.alice, house.technical, "New question")

    words = text_of(Browser(house.alice).open("client_home"))

    assert words.index("Old question") < words.index("New question")


def test_htmx_gets_what_is_below_the_box_and_not_the_box(house: House) -> None:
    a_reply(as_staff(house.sam), a_ticket(house.alice, house.technical, "Old question"))
    whole = Browser(house.alice).open("client_home").content.decode()

    html = (
        Browser(house.alice)
        .open("client_home", htmx={**HTMX, "HX-Target": "home-list"})
        .content.decode()
    )

    assert 'hx-target="#home-list"' in whole
    assert html.count('id="home-list"') == whole.count('id="home-list"') == 1
    assert "Old question" in html
    assert "<textarea" not in html


def test_solved_tickets_are_not_active(house: House) -> None:
    a_solved_ticket(house.alice, house.technical, "Done with")

    words = text_of(Browser(house.alice).open("client_home"))

    assert "Done with" not in words
    assert "No active tickets." in words


def test_empty_sections_say_so(house: House) -> None:
    Service.objects.all().delete()

    words = text_of(Browser(house.alice).open("client_home"))

    assert "No services yet. They appear here once you buy one." in words
    assert "Nothing new." in words


def test_a_service_can_be_asked_about(house: House) -> None:
    html = Browser(house.alice).open("client_home").content.decode()

    assert f'href="/northhost/tickets/new/?service={house.vps.pk}"' in html
    assert house.carols_vps.name not in html


def test_staff_without_a_membership_go_to_the_desk(house: House) -> None:
    response = Browser(house.sam).open("client_home")

    assert response.headers["Location"] == "/northhost/desk/"


def test_a_stranger_of_the_provider_finds_no_home(house: House) -> None:
    assert Browser(house.sven).open("client_home").status_code == 404


def test_who_is_not_signed_in_is_asked_to(house: House) -> None:
    response = Client().get("/northhost/")

    assert response.headers["Location"] == "/sign-in/?next=/northhost/"


def test_continue_carries_text_and_files_to_the_form(house: House) -> None:
    browser = Browser(house.alice)

    response = browser.send(
        "client_home", message="The shop is slow.", files=[a_text_file()], key="home-1"
    )
    page = browser.client.get(response.headers["Location"])

    assert response.status_code == 303
    assert field_of(page, "message") == "The shop is slow."
    assert "server.log" in text_of(page)
    assert not Ticket.objects.exists()


def test_continue_pressed_twice_carries_the_text_once(house: House) -> None:
    browser = Browser(house.alice)
    sent = {"message": "The shop is slow.", "key": "home-1"}

    browser.send("client_home", **sent, files=[a_text_file()])
    browser.send("client_home", **sent, files=[a_text_file()])

    assert Draft.objects.get().text == "The shop is slow."
    assert Upload.objects.count() == 1


def test_an_older_draft_is_kept_below_the_new_text(house: House) -> None:
    browser = Browser(house.alice)
    a_file(as_client(house.alice), "form-1", name="older.log")
    browser.send("keep_draft", kind="ticket", key="form-1", message="Older text")

    browser.send("client_home", message="New text", files=[a_text_file("new.log")], key="home-1")
    page = browser.open("new_ticket")

    assert field_of(page, "message") == "New text\n\nOlder text"
    assert "older.log" in text_of(page)
    assert "new.log" in text_of(page)


def test_an_empty_box_leads_to_an_empty_form(house: House) -> None:
    response = Browser(house.alice).send("client_home", message=" ", key="home-1")

    assert response.headers["Location"] == "/northhost/tickets/new/"
    assert not Draft.objects.exists()


def test_the_box_of_a_form_sent_before_gets_a_new_key(house: House) -> None:
    browser = Browser(house.alice)
    browser.send("new_ticket", message="First", department=house.technical.pk, key="home-1")

    browser.send("client_home", message="Second", key="home-1")

    page = browser.open("new_ticket")
    assert field_of(page, "message") == "Second"
    assert field_of(page, "key") != "home-1"


def test_files_that_cannot_be_sent_are_told_on_the_form(house: House) -> None:
    browser = Browser(house.alice)

    response = browser.send(
        "client_home", message="Help", files=[a_text_file("setup.exe", b"MZ\x90")], key="home-1"
    )
    words = text_of(browser.client.get(response.headers["Location"]))

    assert "setup.exe cannot be sent: programs are not accepted." in words


def test_home_takes_six_queries(house: House, django_assert_num_queries) -> None:
    for n in range(8):
        ticket = a_ticket(house.alice, house.technical, f"Question {n}")
        a_reply(as_staff(house.sam), ticket)
    for event in Event.objects.all():
        notify(event)

    browser = Browser(house.alice)
    with django_assert_num_queries(6):
        browser.open("client_home")
