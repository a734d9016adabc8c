"""Dialogues become tickets and replies: through the core's actions, with their files."""

import pytest

from frontdesk.support.actions.reply import Answer, reply
from frontdesk.support.channels import Channel
from frontdesk.support.models import Attachment, Message, Ticket, Upload
from frontdesk.support.statuses import Status
from tests.channels.telegram.chatting import TestChat, a_bot, describe, link
from tests.factories import PNG, a_file, a_reply, a_ticket
from tests.people import as_staff

pytestmark = pytest.mark.django_db


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
    ticket = a_ticket(alice, technical)
    staff = as_staff(sam)
    a_file(staff, "k-files", PNG, "graph.png")
    a_file(staff, "k-files", b"a,b\n", "table.csv")
    reply(by=staff, number=ticket.pk, answer=Answer(text="See these."), key="k-files")

    alices_chat.press_data(f"card:{ticket.pk}")

    assert [[file.name for file in files] for files in alices_chat.files_sent] == [
        ["graph.png"],
        ["table.csv"],
    ]


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
