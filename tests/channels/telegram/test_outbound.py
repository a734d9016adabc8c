"""What leaves: to whom it may, once, whole, with its files, and never an internal note."""

from datetime import timedelta

import pytest
from django.utils import timezone

from frontdesk.accounts.models import Member, TelegramLink
from frontdesk.accounts.telegram_links import unlink
from frontdesk.channels.telegram import outbox
from frontdesk.channels.telegram.inbound import handle_next, store
from frontdesk.channels.telegram.models import Kind, Outgoing, SendState
from frontdesk.channels.telegram.outbox import End, Sent
from frontdesk.channels.telegram.tasks import resend_failed, send_test_message
from frontdesk.delivery.deliver import deliver_event
from frontdesk.support.actions.close import close
from frontdesk.support.actions.reply import Answer, reply
from frontdesk.support.models import Event, EventKind
from tests.channels.telegram.chatting import TestChat, a_bot, link
from tests.factories import PNG, a_file, a_note, a_reply, a_ticket, new_key
from tests.people import as_client, as_staff

pytestmark = pytest.mark.django_db

CANARY = "canary-7f3a internal"


@pytest.fixture
def ticket(alice, technical):
    return a_ticket(alice, technical)


def deliver_all() -> None:
    for event in Event.objects.order_by("pk"):
        deliver_event(event_id=event.pk)


def test_answer_of_support_is_told_with_the_ways_on(alices_chat, ticket, sam):
    a_reply(as_staff(sam), ticket, "Is **port 80** open?")

    deliver_all()
    says = alices_chat.take()

    assert says[0]["html"] == (
        f"<b>#{ticket.pk} · Waiting for your reply</b>\n{ticket.subject}\n\n"
        "<b>Sam, support:</b> Is <b>port 80</b> open?"
    )
    assert [[b["text"] for b in row] for row in says[0]["buttons"]] == [
        ["Add a reply", "Show ticket"]
    ]


def test_event_delivered_twice_is_told_once(alices_chat, ticket, sam):
    a_reply(as_staff(sam), ticket)

    deliver_all()
    deliver_all()

    assert len(alices_chat.take()) == 1


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


def test_note_is_never_told(alices_chat, ticket, sam):
    a_note(as_staff(sam), ticket, CANARY)
    a_reply(as_staff(sam), ticket)
    deliver_all()
    alices_chat.send("/start")
    alices_chat.press_data(f"card:{ticket.pk}")

    assert CANARY not in str(alices_chat.said)
    assert CANARY not in str(list(Outgoing.objects.values()))


def test_close_by_support_is_told_with_the_way_to_a_new_ticket(alices_chat, ticket, sam):
    close(by=as_staff(sam), number=ticket.pk)

    deliver_all()
    says = alices_chat.take()

    assert says[0]["html"] == f"<b>#{ticket.pk} · Solved</b>\nSupport closed this ticket."
    assert says[0]["buttons"][0][0]["text"] == "Open a new ticket about this"


def test_close_by_a_colleague_names_him(bob, bot, technical, alice):
    link(bob, bot, 700)
    ticket = a_ticket(bob, technical)
    close(by=as_client(alice), number=ticket.pk)

    deliver_all()

    assert TestChat(bot, 700).take()[0]["html"].endswith("Alice closed this ticket.")


def test_own_act_is_not_told_back(alices_chat, ticket, alice):
    close(by=as_client(alice), number=ticket.pk)

    deliver_all()

    assert alices_chat.take() == []


def test_long_answer_is_told_in_pieces_with_buttons_under_the_last(alices_chat, ticket, sam):
    a_reply(as_staff(sam), ticket, "word " * 2000)

    deliver_all()
    says = alices_chat.take()

    assert len(says) == 3
    assert [bool(say["buttons"]) for say in says] == [False, False, True]


def test_files_of_an_answer_follow_photos_as_photos(alices_chat, ticket, sam):
    key, staff = new_key(), as_staff(sam)
    for name in ("one.png", "two.png"):
        a_file(staff, key, PNG, name)
    a_file(staff, key, b"a,b\n", "table.csv")
    reply(by=staff, number=ticket.pk, answer=Answer(text="Here."), key=key)

    deliver_all()

    rows = Outgoing.objects.order_by("pk")
    assert [(row.kind, len(row.files)) for row in rows] == [
        (Kind.MESSAGE, 0),
        (Kind.PHOTOS, 2),
        (Kind.DOCUMENTS, 1),
    ]


def test_who_lost_the_right_meanwhile_is_not_told(alices_chat, ticket, sam, alice):
    a_reply(as_staff(sam), ticket)
    deliver_all()
    Member.objects.filter(user=alice).delete()

    assert alices_chat.take() == []
    assert Outgoing.objects.get().state == SendState.SKIPPED


def test_unlinked_chat_is_not_told_what_was_queued_before(alices_chat, ticket, sam, alice):
    a_reply(as_staff(sam), ticket)
    deliver_all()
    unlink(user=alice, link_id=TelegramLink.objects.get().pk)

    assert alices_chat.take() == []


def test_colleague_with_own_tickets_only_is_not_told_of_others(bob, bot, ticket, sam):
    link(bob, bot, 700)
    a_reply(as_staff(sam), ticket)

    deliver_all()

    assert Outgoing.objects.count() == 0


def test_other_providers_bot_is_not_used(dora, bot, south, south_support, sven):
    link(dora, bot, 900)
    ticket = a_ticket(dora, south_support)
    a_reply(as_staff(sven), ticket)

    deliver_all()

    assert Outgoing.objects.count() == 0


def test_installations_bot_tells_where_a_provider_has_none(dora, south, south_support, sven):
    shared = a_bot(None, "300:shared")
    link(dora, shared, 900)
    ticket = a_ticket(dora, south_support)
    a_reply(as_staff(sven), ticket)

    deliver_all()

    assert len(TestChat(shared, 900).take()) == 1


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
        from frontdesk.channels.telegram.inbound import store

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


def test_kinds_of_events_that_are_the_desks_own_are_not_told(alices_chat, ticket, sam):
    from frontdesk.support.actions.take import take

    take(by=as_staff(sam), number=ticket.pk)

    deliver_all()

    assert Event.objects.filter(kind=EventKind.TICKET_TAKEN).exists()
    assert alices_chat.take() == []
