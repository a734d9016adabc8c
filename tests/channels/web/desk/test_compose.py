"""Staff reply and note; nothing typed is lost, nothing meant for colleagues reaches a client."""

import re

import pytest
from django.test import override_settings

from frontdesk.channels.web.limits import REPLY
from frontdesk.shared.rate_limit import count_hit
from frontdesk.support.actions.close import close
from frontdesk.support.models import CannedReply, Message
from frontdesk.support.models.note import Note
from frontdesk.support.statuses import Status
from tests.channels.web.client.browser import Browser, a_text_file, field_of, text_of
from tests.factories import a_reply, a_ticket, new_key
from tests.people import House, as_client, as_staff

CANARY = "canary-4711"


@pytest.fixture
def sam(house: House) -> Browser:
    return Browser(house.sam)


def test_a_reply_reaches_the_client_and_the_ticket_waits_for_him(
    house: House, sam: Browser
) -> None:
    ticket = a_ticket(house.alice, house.technical)

    response = sam.send("desk_reply", ticket.pk, message="Look **here**.", key=new_key())

    message = Message.objects.latest("pk")
    assert (response.status_code, response.headers["Location"]) == (
        303,
        f"/northhost/desk/tickets/{ticket.pk}/#message-{message.pk}",
    )
    ticket.refresh_from_db()
    assert ticket.status == Status.WAITING_FOR_REPLY
    assert (
        "<strong>here</strong>" in Browser(house.alice).open("ticket", ticket.pk).content.decode()
    )


def test_a_reply_carries_its_files(house: House, sam: Browser) -> None:
    ticket = a_ticket(house.alice, house.technical)

    sam.send("desk_reply", ticket.pk, message="", key=new_key(), files=[a_text_file("fix.txt")])

    assert Message.objects.latest("pk").attachments.get().name == "fix.txt"


def test_a_double_click_replies_once(house: House, sam: Browser) -> None:
    ticket, key = a_ticket(house.alice, house.technical), new_key()

    for _ in range(2):
        sam.send("desk_reply", ticket.pk, message="Done.", key=key)

    assert ticket.messages.count() == 2


def test_reply_and_close_does_both(house: House, sam: Browser) -> None:
    ticket = a_ticket(house.alice, house.technical)

    sam.send("desk_reply", ticket.pk, message="Done.", key=new_key(), and_close="1")

    ticket.refresh_from_db()
    assert (ticket.status, ticket.message_count) == (Status.SOLVED, 2)


def test_an_empty_reply_comes_back_with_the_reason_at_its_place(house: House, sam: Browser) -> None:
    ticket, key = a_ticket(house.alice, house.technical), new_key()

    response = sam.send("desk_reply", ticket.pk, message="  ", key=key)

    html = response.content.decode()
    assert response.status_code == 422
    assert 'id="reply-error"' in html
    assert 'aria-describedby="reply-to reply-error" aria-invalid="true"' in html


def test_the_send_guard_shows_who_wrote_and_keeps_the_text(house: House, sam: Browser) -> None:
    ticket, key = a_ticket(house.alice, house.technical), new_key()
    seen = ticket.last_message_id
    newer = a_reply(as_staff(house.hana), ticket, "I am on it")

    response = sam.send("desk_reply", ticket.pk, message="My answer", key=key, last_seen=seen)

    assert response.status_code == 422
    assert re.search(r"Hana replied .+\. Read it first, or send anyway\.", text_of(response))
    assert "I am on it" in text_of(response)
    assert (field_of(response, "message"), field_of(response, "key")) == ("My answer", key)
    assert field_of(response, "last_seen") == str(newer.pk)


def test_send_anyway_sends_but_not_past_still_newer_messages(house: House, sam: Browser) -> None:
    ticket, key = a_ticket(house.alice, house.technical), new_key()
    first = a_reply(as_staff(house.hana), ticket, "I am on it")
    a_reply(as_client(house.alice), ticket, "Wait")

    guarded = sam.send("desk_reply", ticket.pk, message="Mine", key=key, last_seen=first.pk)
    fields = {"message": "Mine", "key": key, "last_seen": field_of(guarded, "last_seen")}
    sent = sam.send("desk_reply", ticket.pk, **fields)

    assert (guarded.status_code, sent.status_code) == (422, 303)


def test_a_reply_to_a_ticket_closed_meanwhile_is_kept_for_a_new_one(
    house: House, sam: Browser
) -> None:
    ticket, key = a_ticket(house.alice, house.technical), new_key()
    close(by=as_client(house.alice), number=ticket.pk)

    response = sam.send("desk_reply", ticket.pk, message="Too late", key=key)

    assert response.status_code == 422
    assert "This ticket was closed while you were writing. Your text is kept" in text_of(response)
    assert (field_of(response, "message"), field_of(response, "key")) == ("Too late", key)
    assert f'action="/northhost/desk/tickets/new/?about={ticket.pk}"' in response.content.decode()


def test_a_refused_file_sends_nothing_and_keeps_text_and_other_files(
    house: House, sam: Browser
) -> None:
    ticket = a_ticket(house.alice, house.technical)
    files = [a_text_file("good.txt"), a_text_file("setup.exe", b"MZ\x90")]

    response = sam.send("desk_reply", ticket.pk, message="Both", key=new_key(), files=files)

    text = text_of(response)
    assert (response.status_code, ticket.messages.count()) == (422, 1)
    assert "good.txt" in text
    assert "setup.exe cannot be sent" in text
    assert field_of(response, "message") == "Both"


@pytest.mark.parametrize(("name", "kind"), [("desk_reply", "reply"), ("desk_note", "note")])
def test_too_many_replies_in_a_minute_keep_the_text(
    house: House, sam: Browser, name: str, kind: str
) -> None:
    ticket = a_ticket(house.alice, house.technical)
    with override_settings(BENCHMARK=False):
        for _ in range(REPLY.most):
            count_hit(REPLY, f"u{house.sam.pk}")
        response = sam.send(name, ticket.pk, message="Once more", key=new_key())

    assert response.status_code == 429
    assert f'id="{kind}-error"' in response.content.decode()
    assert ">\nOnce more<" in response.content.decode()


def test_the_next_ticket_of_the_list_follows_when_wished(house: House, sam: Browser) -> None:
    first, second = (a_ticket(house.alice, house.technical) for _ in range(2))

    response = sam.send(
        "desk_reply", first.pk, query="?view=needs_reply", message="Done.", key=new_key(), next="1"
    )

    assert response.headers["Location"] == f"/northhost/desk/tickets/{second.pk}/?view=needs_reply"
    assert response.cookies["desk_next"].value == "1"
    assert 'name="next" value="1" checked' in sam.open("desk_ticket", second.pk).content.decode()


def test_after_the_last_ticket_of_the_list_comes_the_list(house: House, sam: Browser) -> None:
    ticket = a_ticket(house.alice, house.technical)

    response = sam.send("desk_reply", ticket.pk, message="Done.", key=new_key(), next="1")

    assert response.headers["Location"] == "/northhost/desk/"


def test_a_note_stays_at_the_desk(house: House, sam: Browser) -> None:
    ticket = a_ticket(house.alice, house.technical)

    response = sam.send("desk_note", ticket.pk, message=CANARY, key=new_key())

    note = Note.objects.get()
    assert response.headers["Location"].endswith(f"/desk/tickets/{ticket.pk}/#note-{note.pk}")
    assert CANARY in text_of(sam.open("desk_ticket", ticket.pk))
    alice = Browser(house.alice)
    for page in (
        alice.open("ticket", ticket.pk),
        alice.open("tickets"),
        alice.open("tickets", q=CANARY),
    ):
        assert f"{CANARY}<" not in page.content.decode()


def test_a_note_does_not_answer_the_client(house: House, sam: Browser) -> None:
    ticket = a_ticket(house.alice, house.technical)

    sam.send("desk_note", ticket.pk, message="Odd.", key=new_key())

    ticket.refresh_from_db()
    assert (ticket.status, ticket.message_count) == (Status.IN_PROGRESS, 1)


def test_an_empty_note_comes_back_as_a_note(house: House, sam: Browser) -> None:
    ticket = a_ticket(house.alice, house.technical)

    response = sam.send("desk_note", ticket.pk, message="", key=new_key())

    assert response.status_code == 422
    assert 'id="note-error"' in response.content.decode()
    assert 'data-start="note"' in response.content.decode()


@pytest.mark.parametrize("name", ["desk_reply", "desk_note"])
def test_nobody_writes_into_another_departments_ticket(house: House, name: str) -> None:
    ticket = a_ticket(house.alice, house.technical)

    response = Browser(house.omar).send(name, ticket.pk, message="Hello", key=new_key())

    assert response.status_code == 404
    assert (ticket.messages.count(), Note.objects.count()) == (1, 0)


def test_without_script_a_ready_answer_is_inserted_below_what_was_typed(
    house: House, sam: Browser
) -> None:
    ticket = a_ticket(house.alice, house.technical)
    canned = CannedReply.objects.create(
        provider=house.north, title="Thanks", text="Thank you, {name}. {staff}"
    )

    response = sam.send(
        "desk_reply", ticket.pk, message="First.", key=new_key(), canned=canned.pk, insert="1"
    )

    assert (response.status_code, ticket.messages.count()) == (200, 1)
    assert field_of(response, "message") == "First.\n\nThank you, Alice. Sam Example"


def test_removing_a_waiting_file_does_not_send(house: House, sam: Browser) -> None:
    ticket, key = a_ticket(house.alice, house.technical), new_key()
    again = sam.send(
        "desk_reply", ticket.pk, message="x", key=key, files=[a_text_file("a.txt")], insert="1"
    )
    upload = house.sam.uploads.get()

    response = sam.send("desk_reply", ticket.pk, message="x", key=key, remove_file=upload.pk)

    assert "a.txt" in text_of(again)
    assert "a.txt" not in text_of(response)
    assert ticket.messages.count() == 1
