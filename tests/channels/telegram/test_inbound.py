"""Updates are stored as they came and acted on once, whatever they are and whatever breaks."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from frontdesk.accounts.models import TelegramLink
from frontdesk.channels.telegram import inbound
from frontdesk.channels.telegram.models import Arrival, ArrivalState, Chat, Outgoing
from frontdesk.support.models import Message, Ticket
from frontdesk.support.statuses import Status
from tests.channels.telegram.chatting import TestChat, describe
from tests.factories import PNG, a_ticket

pytestmark = pytest.mark.django_db

# The chats of the tests count their own updates from one.
NO_OTHERS = 10_000_000


def test_the_same_update_twice_acts_once(alices_chat):
    message = alices_chat._message() | {"text": "/createticket"}
    update = {"update_id": 77, "message": message}

    for _ in range(2):
        inbound.store(alices_chat.bot.pk, [update])
        alices_chat.handle()

    assert Arrival.objects.filter(update_id=77).count() == 1
    assert Outgoing.objects.count() == 1


def test_another_update_under_a_reused_number_is_not_lost(alices_chat):
    for text in ("/start", "/help"):
        message = alices_chat._message() | {"text": text}
        inbound.store(alices_chat.bot.pk, [{"update_id": 1, "message": message}])

    assert len(alices_chat.handle()) == 2


def test_update_and_its_effect_are_one_transaction(alices_chat, monkeypatch):
    describe(alices_chat)
    alices_chat.send("It began at 8.")

    def crash(*_args, **_kwargs):
        raise RuntimeError("killed")

    with monkeypatch.context() as patch:
        patch.setattr(inbound, "_finish", crash)
        with pytest.raises(RuntimeError):
            alices_chat.press("Complete")
    assert Ticket.objects.count() == 0

    alices_chat.handle()

    assert Ticket.objects.count() == 1


def test_update_that_fails_three_times_is_kept_and_told(alices_chat):
    describe(alices_chat)
    message = alices_chat._message() | {"text": "It began at 8."}
    inbound.store(alices_chat.bot.pk, [{"update_id": NO_OTHERS, "message": message}])

    given_up = [inbound.count_failure(alices_chat.bot.pk, 501, "broken") for _ in range(3)]

    assert given_up == [False, False, True]
    arrival = Arrival.objects.get(update_id=NO_OTHERS)
    assert (arrival.state, arrival.reason) == (ArrivalState.FAILED, "broken")
    assert alices_chat.take()[-1]["html"].startswith("Something broke on our side.")


def test_failed_update_can_be_tried_again(alices_chat):
    message = alices_chat._message() | {"text": "/start"}
    inbound.store(alices_chat.bot.pk, [{"update_id": NO_OTHERS, "message": message}])
    for _ in range(3):
        inbound.count_failure(alices_chat.bot.pk, 501, "broken")

    inbound.retry(Arrival.objects.get(update_id=NO_OTHERS).pk)

    assert len(alices_chat.handle()) == 1


def test_dialogue_left_for_a_day_expires_with_its_words_shown_back(alices_chat):
    describe(alices_chat)
    alices_chat.send("It began at 8.")
    Chat.objects.update(changed_at=timezone.now() - timedelta(hours=25))

    inbound.expire_old(alices_chat.bot.pk)

    says = [one["html"] for one in alices_chat.take()]
    assert says[0].startswith("This step has expired.")
    assert says[-1] == "<blockquote>It began at 8.</blockquote>"


def test_message_a_day_late_is_told_and_then_answered(alices_chat):
    describe(alices_chat)
    Chat.objects.update(changed_at=timezone.now() - timedelta(hours=25))

    says = [one["html"] for one in alices_chat.send("It began at 8.")]

    assert says[0].startswith("This step has expired.")
    assert says[-1].startswith("Send /createticket to ask a question")


@pytest.mark.parametrize("chat_type", ["group", "supergroup", "channel"])
def test_only_private_chats_are_answered(alices_chat, chat_type):
    chat = {"id": 501, "type": chat_type}

    alices_chat.give({"message": alices_chat._message() | {"chat": chat, "text": "/start"}})

    assert Arrival.objects.get().state == ArrivalState.REFUSED
    assert Outgoing.objects.count() == 0


@pytest.mark.parametrize(
    "odd",
    [
        {},
        {"message": None},
        {"message": {"chat": {"id": "x"}}},
        {"callback_query": {"data": 5}},
        {"message": {"chat": {"id": 501}, "from": {}, "text": "\x00\ud800"}},
        {"poll": {"id": "1"}},
    ],
)
def test_odd_updates_end_in_a_visible_state(alices_chat, odd):
    inbound.store(alices_chat.bot.pk, [{"update_id": 5, **odd}])
    alices_chat.handle()

    assert Arrival.objects.get().state in {ArrivalState.DONE, ArrivalState.REFUSED}


@pytest.mark.parametrize(
    "data", ["opened:5", "file_kept:1", "complete:", "x", "", "~:", "9~archived:1"]
)
def test_button_data_names_no_act_that_is_not_offered(alices_chat, alice, technical, data):
    ticket = a_ticket(alice, technical)

    alices_chat.press_data(data)

    ticket.refresh_from_db()
    assert ticket.status == Status.IN_PROGRESS
    assert Ticket.objects.count() == 1


def test_text_that_cannot_be_stored_as_it_is_loses_only_what_cannot(alices_chat):
    describe(alices_chat)
    alices_chat.send("It\x00 began \ud83d at 8.")

    alices_chat.press("Complete")

    assert Message.objects.get().text == "It began ? at 8."


def test_state_survives_a_restart_between_any_two_updates(alices_chat):
    describe(alices_chat)
    alices_chat.send("It began at 8.")

    state = Chat.objects.get().state
    again = TestChat(alices_chat.bot, 501, said=alices_chat.said)
    again.press("Complete")

    assert json.dumps(state)
    assert Ticket.objects.get().messages.get().text == "It began at 8."


def test_a_page_that_cannot_be_is_no_trouble(alices_chat, alice, technical):
    a_ticket(alice, technical)

    assert alices_chat.press_data(f"turn:{10**40}")[-1]["html"].startswith("<b>Your active")


def test_photos_of_an_album_that_are_too_many_are_told_apart(alices_chat):
    describe(alices_chat)
    photos = [{"file_id": "f1", "file_size": 3}]
    alices_chat.files["f1"] = PNG
    for _ in range(7):
        message = alices_chat._message() | {"photo": photos, "media_group_id": "a1"}
        says = alices_chat.give({"message": message})

    assert "“photo6.jpg”, “photo7.jpg” were not added" in says[-1]["html"]


def test_who_allows_the_bot_again_is_told_again_before_he_writes(alices_chat):
    for status in ("kicked", "member"):
        change = {"chat": {"id": 501, "type": "private"}, "from": alices_chat._sender()}
        alices_chat.give({"my_chat_member": change | {"new_chat_member": {"status": status}}})
        blocked_at = TelegramLink.objects.get().blocked_at
        assert (blocked_at is None) == (status == "member")
