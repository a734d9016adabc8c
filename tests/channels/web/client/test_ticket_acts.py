"""Answering and closing: once, and without losing a word."""

import pytest

from frontdesk.shared.rate_limit import Rate
from frontdesk.support.actions.close import close
from frontdesk.support.models import Attachment, Draft, Message, Ticket, Upload
from frontdesk.support.statuses import Status
from tests.channels.web.client.browser import Browser, a_text_file, field_of, text_of
from tests.factories import a_file, a_reply, a_solved_ticket, a_ticket
from tests.people import House, as_client, as_staff


@pytest.fixture
def ticket(house: House) -> Ticket:
    ticket = a_ticket(house.alice, house.technical, "The shop is slow.")
    a_reply(as_staff(house.sam), ticket, "Is it better now?")
    return ticket


@pytest.fixture
def browser(house: House) -> Browser:
    return Browser(house.alice)


def status_of(ticket: Ticket) -> str:
    return Ticket.objects.get(pk=ticket.pk).status


def test_a_reply_goes_to_the_end_of_the_thread(browser: Browser, ticket: Ticket) -> None:
    response = browser.send("ticket_reply", ticket.pk, message="Yes.", key="reply-1")

    message = Message.objects.latest("pk")
    assert response.status_code == 303
    assert response.headers["Location"].endswith(f"/tickets/{ticket.pk}/#message-{message.pk}")
    assert message.text == "Yes."
    assert status_of(ticket) == Status.IN_PROGRESS


def test_a_reply_may_be_files_alone(browser: Browser, ticket: Ticket) -> None:
    browser.send("ticket_reply", ticket.pk, message="", files=[a_text_file()], key="reply-1")

    assert Attachment.objects.get().message.text == ""


def test_the_same_reply_sent_twice_is_one_message(browser: Browser, ticket: Ticket) -> None:
    for _time in range(2):
        sent = {"message": "Yes.", "files": [a_text_file()], "key": "reply-1"}
        response = browser.send("ticket_reply", ticket.pk, **sent)
        assert response.status_code == 303

    assert Message.objects.filter(ticket=ticket).count() == 3
    assert not Upload.objects.exists()


def test_the_same_key_with_other_words_keeps_them(browser: Browser, ticket: Ticket) -> None:
    browser.send("ticket_reply", ticket.pk, message="Yes.", key="reply-1")

    response = browser.send("ticket_reply", ticket.pk, message="No.", key="reply-1")

    assert response.status_code == 409
    assert field_of(response, "message") == "No."
    assert field_of(response, "key") != "reply-1"
    assert "This reply was already sent with other words." in text_of(response)


def test_an_empty_reply_is_refused_in_words(browser: Browser, ticket: Ticket) -> None:
    response = browser.send("ticket_reply", ticket.pk, message=" ", key="reply-1")

    assert response.status_code == 422
    assert "Write your reply, or attach a file." in text_of(response)
    assert 'aria-invalid="true"' in response.content.decode()


def test_refused_files_keep_the_text(browser: Browser, ticket: Ticket) -> None:
    files = [a_text_file("setup.exe", b"MZ\x90")]

    response = browser.send("ticket_reply", ticket.pk, message="Look", files=files, key="reply-1")

    assert response.status_code == 422
    assert field_of(response, "message") == "Look"
    assert "setup.exe cannot be sent" in text_of(response)


def test_a_file_is_removed_without_script(house: House, browser: Browser, ticket: Ticket) -> None:
    upload = a_file(as_client(house.alice), "reply-1")

    response = browser.send(
        "ticket_reply", ticket.pk, message="Look", key="reply-1", remove_file=upload.pk
    )

    assert response.status_code == 200
    assert field_of(response, "message") == "Look"
    assert not Upload.objects.exists()


def test_too_many_replies_are_told_when_to_go_on(
    browser: Browser, ticket: Ticket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("frontdesk.channels.web.client.ticket_acts.REPLY", Rate("reply", 0, 60))

    response = browser.send("ticket_reply", ticket.pk, message="Yes.", key="reply-1")

    assert response.status_code == 429
    assert response.headers["Retry-After"]
    assert field_of(response, "message") == "Yes."


def test_a_reply_to_a_ticket_closed_meanwhile_is_kept(
    house: House, browser: Browser, ticket: Ticket
) -> None:
    close(by=as_staff(house.sam), number=ticket.pk)

    response = browser.send(
        "ticket_reply", ticket.pk, message="Not yet.", files=[a_text_file()], key="reply-1"
    )

    words = text_of(response)
    assert response.status_code == 409
    assert "Support closed this ticket while you were writing. Your text is kept" in words
    assert field_of(response, "message") == "Not yet."
    assert "server.log" in words


def test_the_kept_reply_goes_on_in_a_new_ticket(
    house: House, browser: Browser, ticket: Ticket
) -> None:
    close(by=as_staff(house.sam), number=ticket.pk)
    sent = {"message": "Not yet.", "key": "reply-1"}
    browser.send("ticket_reply", ticket.pk, **sent, files=[a_text_file()])

    led = browser.send("client_home", query=f"?about={ticket.pk}", **sent)
    form = browser.client.get(led.headers["Location"])

    assert led.headers["Location"] == f"/northhost/tickets/new/?about={ticket.pk}"
    assert field_of(form, "message") == "Not yet."
    assert f'name="about" value="{ticket.pk}" checked' in form.content.decode()
    assert "server.log" in text_of(form)


def test_the_kept_reply_is_on_the_page_until_it_is_used(
    house: House, browser: Browser, ticket: Ticket
) -> None:
    close(by=as_staff(house.sam), number=ticket.pk)
    browser.send("ticket_reply", ticket.pk, message="Not yet.", key="reply-1")

    page = browser.open("ticket", ticket.pk)

    assert field_of(page, "message") == "Not yet."
    assert "it was not sent" in text_of(page)


def test_the_new_ticket_takes_the_kept_reply_and_its_files(
    house: House, browser: Browser, ticket: Ticket
) -> None:
    close(by=as_staff(house.sam), number=ticket.pk)
    sent = {"message": "Not yet.", "key": "reply-1"}
    browser.send("ticket_reply", ticket.pk, **sent, files=[a_text_file()])
    browser.send("client_home", query=f"?about={ticket.pk}", **sent)

    browser.send("new_ticket", **sent, about=ticket.pk, department=house.technical.pk)

    assert Ticket.objects.get(about=ticket).subject == "Not yet."
    assert Attachment.objects.get().message.text == "Not yet."
    assert not Draft.objects.exists()


def test_closing_asks_once_more_by_the_same_button(browser: Browser, ticket: Ticket) -> None:
    response = browser.send("ticket_close", ticket.pk)

    words = text_of(response)
    assert response.status_code == 200
    assert f"Close ticket #{ticket.pk}?" in words
    assert "It becomes read-only and cannot be reopened." in words
    assert field_of(response, "confirm") == "1"
    assert status_of(ticket) == Status.WAITING_FOR_REPLY


def test_closing_closes(browser: Browser, ticket: Ticket) -> None:
    response = browser.send("ticket_close", ticket.pk, confirm="1")

    page = browser.client.get(response.headers["Location"])
    assert response.status_code == 303
    assert f"Ticket #{ticket.pk} is closed." in text_of(page)
    assert status_of(ticket) == Status.SOLVED


def test_closing_what_is_closed_says_so(house: House, browser: Browser) -> None:
    solved = a_solved_ticket(house.alice, house.technical)

    response = browser.send("ticket_close", solved.pk)

    page = browser.client.get(response.headers["Location"])
    assert f"Ticket #{solved.pk} was closed before." in text_of(page)


def test_a_typed_reply_comes_along_to_the_question(browser: Browser, ticket: Ticket) -> None:
    response = browser.send(
        "ticket_close", ticket.pk, message="Thanks!", files=[a_text_file()], key="reply-1"
    )

    words = text_of(response)
    assert field_of(response, "message") == "Thanks!"
    assert field_of(response, "key") == "reply-1"
    assert "server.log" in words
    assert "Send and close" in words


def test_send_and_close_is_one_act(browser: Browser, ticket: Ticket) -> None:
    browser.send("ticket_reply", ticket.pk, message="Thanks!", key="reply-1", and_close="1")

    assert status_of(ticket) == Status.SOLVED
    assert Message.objects.latest("pk").text == "Thanks!"


def test_send_and_close_pressed_twice_is_one_act(browser: Browser, ticket: Ticket) -> None:
    sent = {"message": "Thanks!", "key": "reply-1", "and_close": "1"}

    answers = [browser.send("ticket_reply", ticket.pk, **sent) for _time in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert Message.objects.filter(ticket=ticket).count() == 3


@pytest.mark.parametrize("name", ["ticket_reply", "ticket_close"])
def test_who_comes_by_link_is_led_to_the_ticket(
    browser: Browser, ticket: Ticket, name: str
) -> None:
    response = browser.open(name, ticket.pk)

    assert response.headers["Location"] == f"/northhost/tickets/{ticket.pk}/"


@pytest.mark.parametrize("name", ["ticket_reply", "ticket_close"])
def test_a_stranger_neither_answers_nor_closes(house: House, ticket: Ticket, name: str) -> None:
    sent = {"message": "Me too", "confirm": "1", "key": "x", "files": [a_text_file()]}

    response = Browser(house.carol).send(name, ticket.pk, **sent)

    assert response.status_code == 404
    assert status_of(ticket) == Status.WAITING_FOR_REPLY
    assert not Upload.objects.exists()


def test_the_page_has_both_forms(browser: Browser, ticket: Ticket) -> None:
    html = browser.open("ticket", ticket.pk).content.decode()

    assert f'action="/northhost/tickets/{ticket.pk}/reply/"' in html
    assert f'action="/northhost/tickets/{ticket.pk}/close/"' in html
