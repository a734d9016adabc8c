"""Telegram's own reply to a message about a ticket finds that ticket, and no other."""

import pytest

from frontdesk.channels.telegram import outbox
from frontdesk.channels.telegram.inbound import handle_next, store
from frontdesk.channels.telegram.outbox import End, Sent
from frontdesk.support.actions.close import close
from frontdesk.support.models import Ticket
from tests.channels.telegram.chatting import deliver_all
from tests.factories import a_reply, a_ticket
from tests.people import as_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def ticket(alice, technical):
    return a_ticket(alice, technical)


def test_telegrams_reply_to_what_was_told_answers_that_ticket(alices_chat, ticket, sam):
    a_reply(as_staff(sam), ticket)
    deliver_all()
    number = alices_chat.take()[0]["message_id"]

    alices_chat.send("Yes, it is open.", reply_to=number)
    alices_chat.press("Complete")

    assert ticket.messages.order_by("-pk")[0].text == "Yes, it is open."


def test_answer_to_a_message_that_is_just_being_recorded_waits_for_it(alices_chat, ticket, sam):
    a_reply(as_staff(sam), ticket)
    deliver_all()
    sending = outbox.take_next(alices_chat.bot.pk, 501)
    message = alices_chat._message() | {"text": "Yes.", "reply_to_message": {"message_id": 77}}
    store(alices_chat.bot.pk, [{"update_id": 5, "message": message}])

    assert handle_next(alices_chat.bot.pk, 501, {}).is_early
    outbox.settle(sending.id, Sent(End.SENT, message_ids=(77,)))
    alices_chat.handle()

    assert f"Reply to #{ticket.pk}" in alices_chat.take()[-1]["html"]


def an_unrecorded_message(ticket, number: int, *, is_bot: bool = True) -> dict:
    """What was sent as the process died: the person has it, and nobody else knows its number."""
    said = f"#{ticket.pk} · Waiting for your reply"
    return {"message_id": number, "text": said, "from": {"id": 100, "is_bot": is_bot}}


def answer(chat, answered: dict) -> str:
    message = chat._message() | {"text": "Yes.", "reply_to_message": answered}
    return chat.give({"message": message})[-1]["html"]


def test_answer_to_a_message_that_was_never_recorded_finds_its_ticket(alices_chat, ticket):
    said = answer(alices_chat, an_unrecorded_message(ticket, 77))

    assert f"Reply to #{ticket.pk}" in said


def test_a_number_in_ones_own_or_a_strangers_words_opens_nothing(alices_chat, carols_chat, ticket):
    own = answer(alices_chat, an_unrecorded_message(ticket, 77, is_bot=False))
    foreign = answer(carols_chat, an_unrecorded_message(ticket, 77))

    assert own.startswith("Send /createticket to ask a question")
    assert foreign == "There is no such ticket here, or it is not shared with you."


def test_an_answer_to_a_closed_ticket_becomes_a_new_one_with_its_words_and_file(
    alices_chat, ticket, sam
):
    a_reply(as_staff(sam), ticket)
    deliver_all()
    number = alices_chat.take()[0]["message_id"]
    close(by=as_staff(sam), number=ticket.pk)

    alices_chat.send("It is back.", reply_to=number)
    alices_chat.attach("new.log", b"GET / 502\n")
    alices_chat.press("Open a new ticket about this")
    alices_chat.press("Technical support · Free")
    alices_chat.send("Slow again")
    alices_chat.press("Complete")

    opened = Ticket.objects.exclude(pk=ticket.pk).get()
    assert (opened.about_id, opened.messages.get().text) == (ticket.pk, "It is back.")
    assert opened.messages.get().attachments.get().name == "new.log"
