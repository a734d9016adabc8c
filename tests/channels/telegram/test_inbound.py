"""Updates become tickets and replies: through the core's actions, once, and with their files."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from frontdesk.channels.telegram import inbound
from frontdesk.channels.telegram.models import Arrival, ArrivalState, Chat, Outgoing
from frontdesk.support.channels import Channel
from frontdesk.support.models import Attachment, Message, Ticket, Upload
from frontdesk.support.statuses import Status
from tests.channels.telegram.chatting import TestChat, a_bot, link
from tests.factories import PNG, a_reply, a_ticket
from tests.people import as_staff

pytestmark = pytest.mark.django_db


def describe(chat: TestChat, subject: str = "Website is slow") -> None:
    chat.send("/createticket")
    chat.press("Technical support · Free")
    chat.send(subject)
    chat.press("Skip")


def test_createticket_opens_one_ticket_through_the_core(alices_chat, technical, bakery, alice):
    describe(alices_chat)
    alices_chat.send("It began at 8.")
    alices_chat.send("Only the shop.")

    says = alices_chat.press("Complete")

    ticket = Ticket.objects.get()
    assert (ticket.subject, ticket.status) == ("Website is slow", Status.IN_PROGRESS)
    assert (ticket.channel, ticket.account, ticket.department) == ("telegram", bakery, technical)
    assert ticket.messages.get().text == "It began at 8.\n\nOnly the shop."
    assert ticket.events.get().channel == Channel.TELEGRAM
    assert says[-1]["html"].startswith(f"Ticket <b>#{ticket.pk}</b> is sent to Technical support.")


def test_files_of_a_dialogue_are_the_messages_attachments(alices_chat):
    describe(alices_chat)
    alices_chat.attach("server.log", b"GET / 502\n", caption="The log")
    alices_chat.attach("shot.png", PNG)

    alices_chat.press("Complete")

    assert list(Attachment.objects.order_by("pk").values_list("name", flat=True)) == [
        "server.log",
        "shot.png",
    ]
    assert Message.objects.get().text == "The log"


def test_photo_without_a_name_is_called_by_its_number(alices_chat):
    describe(alices_chat)
    alices_chat.files["f1"] = PNG
    photo = [{"file_id": "f1", "file_size": len(PNG), "width": 1, "height": 1}]

    alices_chat.give({"message": alices_chat._message() | {"photo": photo}})

    assert Upload.objects.get().name == "photo1.jpg"


def test_program_is_refused_by_the_rules_of_the_web(alices_chat):
    describe(alices_chat)

    says = alices_chat.attach("setup.exe", b"MZ rest")

    assert says[-1]["html"].startswith("“setup.exe” cannot be sent: programs are not accepted.")
    assert Upload.objects.count() == 0


def test_cancelled_dialogue_leaves_no_files_behind(alices_chat):
    describe(alices_chat)
    alices_chat.attach("server.log", b"GET / 502\n")

    alices_chat.press("Cancel")

    assert Upload.objects.count() == 0
    assert Ticket.objects.count() == 0


def test_reply_answers_the_ticket_once(alices_chat, alice, technical, sam):
    ticket = a_ticket(alice, technical)
    a_reply(as_staff(sam), ticket, "May I restart it?")
    alices_chat.send("/start")
    alices_chat.press(f"↩ #{ticket.pk} {ticket.subject}")
    alices_chat.press("Add a reply")
    alices_chat.send("Yes.")

    alices_chat.press("Complete")
    alices_chat.press("Complete")

    ticket.refresh_from_db()
    assert [m.text for m in ticket.messages.order_by("pk")][2:] == ["Yes."]
    assert ticket.status == Status.IN_PROGRESS
    assert alices_chat.toast == f"This was already sent as #{ticket.pk}."


def test_archive_closes_the_ticket(alices_chat, alice, technical, sam):
    ticket = a_ticket(alice, technical)
    a_reply(as_staff(sam), ticket)
    alices_chat.press_data(f"card:{ticket.pk}")
    alices_chat.press("Archive")

    alices_chat.press("Archive")

    ticket.refresh_from_db()
    assert ticket.status == Status.SOLVED


def test_card_sends_the_last_messages_files(alices_chat, alice, technical, sam):
    from tests.factories import a_file

    ticket = a_ticket(alice, technical)
    staff = as_staff(sam)
    a_file(staff, "k-files", PNG, "graph.png")
    a_file(staff, "k-files", b"a,b\n", "table.csv")
    from frontdesk.support.actions.reply import Answer, reply

    reply(by=staff, number=ticket.pk, answer=Answer(text="See these."), key="k-files")

    alices_chat.press_data(f"card:{ticket.pk}")

    assert [[file.name for file in files] for files in alices_chat.files_sent] == [
        ["graph.png"],
        ["table.csv"],
    ]


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
    inbound.store(alices_chat.bot.pk, [{"update_id": 99, "message": message}])

    given_up = [inbound.count_failure(alices_chat.bot.pk, 501, "broken") for _ in range(3)]

    assert given_up == [False, False, True]
    arrival = Arrival.objects.get(update_id=99)
    assert (arrival.state, arrival.reason) == (ArrivalState.FAILED, "broken")
    assert alices_chat.take()[-1]["html"].startswith("Something broke on our side.")


def test_failed_update_can_be_tried_again(alices_chat):
    message = alices_chat._message() | {"text": "/start"}
    inbound.store(alices_chat.bot.pk, [{"update_id": 99, "message": message}])
    for _ in range(3):
        inbound.count_failure(alices_chat.bot.pk, 501, "broken")

    inbound.retry(Arrival.objects.get(update_id=99).pk)

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


def test_installations_bot_asks_for_the_provider(dora, north, south):
    bot = a_bot(None, "300:shared")
    link(dora, bot, 900)
    chat = TestChat(bot, 900)

    says = chat.send("/createticket")

    labels = [button["text"] for row in says[-1]["buttons"] for button in row]
    assert labels == ["North Host", "South Cloud", "Cancel"]


def test_providers_own_bot_serves_that_provider_only(dora, bot, south, south_support):
    a_ticket(dora, south_support)
    link(dora, bot, 900)
    chat = TestChat(bot, 900)

    assert "no active tickets" in chat.send("/start")[-1]["html"]
    assert chat.send("/createticket")[-1]["html"] == "Choose a department."


def test_russian_chat_is_answered_in_russian(alices_chat):
    alices_chat.send("/language")

    says = alices_chat.press("Русский")

    assert says[-1]["html"] != "I write in English now."
    assert "Выберите отдел" in alices_chat.send("/createticket")[-1]["html"]
