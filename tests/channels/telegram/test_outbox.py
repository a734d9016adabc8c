"""What waits to be sent: in order, held back where it must be, never lost."""

from datetime import timedelta

import pytest
from django.utils import timezone

from frontdesk.accounts.models import TelegramLink
from frontdesk.channels.telegram import outbox
from frontdesk.channels.telegram.inbound import store
from frontdesk.channels.telegram.models import Kind, Outgoing, SendState
from frontdesk.channels.telegram.outbox import End, Sent
from frontdesk.channels.telegram.tasks import resend_failed, send_test_message
from frontdesk.support.actions.reply import Answer, reply
from tests.channels.telegram.chatting import deliver_all, describe
from tests.factories import PNG, a_file, a_reply, a_ticket, new_key
from tests.people import as_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def ticket(alice, technical):
    return a_ticket(alice, technical)


def test_blocked_bot_stops_everything_to_that_chat(alices_chat, ticket, sam):
    for text in ("One", "Two"):
        a_reply(as_staff(sam), ticket, text)
    deliver_all()
    first = outbox.take_next(alices_chat.bot.pk, 501)

    outbox.settle(first.id, Sent(End.BLOCKED, reason="bot was blocked by the user"))

    assert set(Outgoing.objects.values_list("state", flat=True)) == {SendState.FAILED}
    assert TelegramLink.objects.get().blocked_at is not None
    a_reply(as_staff(sam), ticket, "Three")
    deliver_all()
    assert alices_chat.take() == []


def test_too_fast_holds_the_whole_chat_and_only_that_chat(alices_chat, carols_chat):
    for chat in (alices_chat, carols_chat):
        link_row = TelegramLink.objects.get(chat_id=chat.chat_id)
        send_test_message(link_id=link_row.pk)
        send_test_message(link_id=link_row.pk)
    first = outbox.take_next(alices_chat.bot.pk, 501)

    outbox.settle(first.id, Sent(End.AGAIN, wait_seconds=30, holds_chat=True))

    assert alices_chat.take() == []
    assert len(carols_chat.take()) == 2
    assert outbox.due_chats(alices_chat.bot.pk) == set()


def test_words_wait_for_the_words_before_them_files_do_not_hold_them(alices_chat, ticket, sam):
    key, staff = new_key(), as_staff(sam)
    a_file(staff, key, PNG, "one.png")
    reply(by=staff, number=ticket.pk, answer=Answer(text="First."), key=key)
    a_reply(staff, ticket, "Second.")
    deliver_all()
    bot_id = alices_chat.bot.pk
    first = outbox.take_next(bot_id, 501)
    outbox.settle(first.id, Sent(End.SENT, message_ids=(1,)))
    photo = outbox.take_next(bot_id, 501)

    outbox.settle(photo.id, Sent(End.AGAIN, wait_seconds=60))

    assert "Second." in outbox.take_next(bot_id, 501).payload["html"]


def test_files_that_cannot_be_sent_are_told_of_with_their_address(alices_chat, ticket, sam):
    key, staff = new_key(), as_staff(sam)
    a_file(staff, key, b"a,b\n", "table.csv")
    reply(by=staff, number=ticket.pk, answer=Answer(text="Here."), key=key)
    deliver_all()
    bot_id = alices_chat.bot.pk
    outbox.settle(outbox.take_next(bot_id, 501).id, Sent(End.SENT, message_ids=(1,)))

    outbox.settle(outbox.take_next(bot_id, 501).id, Sent(End.FAILED, reason="refused"))

    html = alices_chat.take()[0]["html"]
    assert html.startswith("“table.csv” could not be sent here.")
    assert html.endswith(f"/northhost/tickets/{ticket.pk}/")


def test_what_was_being_sent_at_a_crash_is_sent_again_and_counted(alices_chat, ticket, sam):
    a_reply(as_staff(sam), ticket)
    deliver_all()
    outbox.take_next(alices_chat.bot.pk, 501)

    outbox.recover(alices_chat.bot.pk)

    assert Outgoing.objects.get().repeats == 1
    assert len(alices_chat.take()) == 1


def test_failed_messages_are_sent_again_on_request(alices_chat, ticket, sam):
    a_reply(as_staff(sam), ticket)
    deliver_all()
    outbox.settle(outbox.take_next(alices_chat.bot.pk, 501).id, Sent(End.FAILED, reason="refused"))

    resend_failed(bot_id=alices_chat.bot.pk)

    assert len(alices_chat.take()) == 1


def test_words_are_not_kept_once_they_are_sent(alices_chat, ticket, sam):
    a_reply(as_staff(sam), ticket, "A password: hunter2")
    deliver_all()
    alices_chat.take()

    row = Outgoing.objects.get()
    assert (row.state, row.payload) == (SendState.SENT, {})


def test_progress_that_did_not_go_out_yet_is_overtaken(alices_chat):
    alices_chat.send("/createticket")
    alices_chat.press("Sales · Free")
    alices_chat.send("Question")
    alices_chat.press("Skip")
    for text in ("One", "Two", "Three"):
        message = alices_chat._message() | {"text": text}
        store(alices_chat.bot.pk, [{"update_id": message["message_id"], "message": message}])
        alices_chat.handle()

    says = alices_chat.take()

    assert [say["html"] for say in says] == [
        "Added (3 messages, 0 of 5 files). Send more, or press Complete."
    ]


def test_only_the_newest_step_keeps_its_buttons(alices_chat):
    alices_chat.send("/createticket")
    alices_chat.press("Sales · Free")

    kinds = list(Outgoing.objects.order_by("pk").values_list("kind", flat=True))

    assert kinds == [Kind.MESSAGE, Kind.MESSAGE, Kind.NO_BUTTONS]


def test_queue_is_looked_through_by_due_time(alices_chat, ticket, sam):
    a_reply(as_staff(sam), ticket)
    deliver_all()
    Outgoing.objects.update(due_at=timezone.now() + timedelta(minutes=5))

    assert outbox.due_chats(alices_chat.bot.pk) == set()
    assert outbox.lengths(alices_chat.bot.pk) == (1, 0)


def a_part(chat, text: str) -> None:
    """Write one more message of an open dialogue; nothing is sent yet."""
    message = chat._message() | {"text": text}
    store(chat.bot.pk, [{"update_id": message["message_id"], "message": message}])
    chat.handle()


def a_progress_put_back(chat) -> None:
    """The first progress is being sent, the second waits to change it, the first is put back."""
    describe(chat)
    a_part(chat, "One")
    sending = outbox.take_next(chat.bot.pk, 501)
    a_part(chat, "Two")
    outbox.settle(sending.id, Sent(End.AGAIN))


def test_an_older_progress_never_replaces_a_newer_one(alices_chat):
    a_progress_put_back(alices_chat)

    a_part(alices_chat, "Three")

    assert alices_chat.take()[-1]["html"].startswith("Added (3 messages")


def test_buttons_of_a_step_that_is_over_do_not_come_back_with_a_late_change(alices_chat):
    a_progress_put_back(alices_chat)

    alices_chat.give({"message": alices_chat._message() | {"text": "/cancel"}})

    of_progress = Outgoing.objects.filter(kind__in=[Kind.EDIT, Kind.NO_BUTTONS]).order_by("pk")
    assert of_progress.values_list("kind", flat=True).last() == Kind.NO_BUTTONS


def test_a_list_that_cannot_be_changed_any_more_is_sent_anew_and_keeps_its_buttons(
    alices_chat, ticket
):
    alices_chat.send("/start")
    message_id = alices_chat.said[-1]["message_id"]
    press = {"callback_query": alices_chat.a_press("turn:0", message_id)}
    store(alices_chat.bot.pk, [{"update_id": 77, **press}])
    alices_chat.handle()
    edit = outbox.take_next(alices_chat.bot.pk, 501)
    outbox.settle(edit.id, Sent(End.FAILED, reason="message can't be edited"))
    sent_anew = alices_chat.take()[-1]

    alices_chat.send("/createticket")

    assert sent_anew["html"].startswith("<b>Your active tickets</b>")
    assert not Outgoing.objects.filter(kind=Kind.NO_BUTTONS).exists()
