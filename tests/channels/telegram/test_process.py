"""The real process speaks HTTP to the sandbox: both dialogues, files, troubles, stop and crash."""

import time

import pytest
from django.db import transaction

from frontdesk.accounts.models import TelegramLink
from frontdesk.accounts.telegram_bots import bot_trouble
from frontdesk.channels.telegram.models import Outgoing, SendState
from frontdesk.support.actions.reply import Answer, reply
from frontdesk.support.models import Attachment, Ticket
from tests.channels.telegram.bot_process import BotProcess, let_go, wait_until_ready
from tests.channels.telegram.chatting import a_bot, deliver_all, link
from tests.channels.telegram.sandbox import TOKEN, running_sandbox, wait_until
from tests.factories import PNG, a_file, a_reply, a_ticket, new_key
from tests.people import as_staff

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def sandbox():
    with running_sandbox() as running:
        yield running


@pytest.fixture(scope="module")
def one_process(sandbox, django_db_setup, django_db_blocker):
    """One process for all tests here: it follows the bots as they come and go."""
    with django_db_blocker.unblock():
        running = BotProcess(sandbox.url)
        yield running
        running.stop()


@pytest.fixture
def bot(north, sandbox):
    sandbox.forget()
    return a_bot(north, TOKEN)


@pytest.fixture
def process(one_process, bot):
    if not one_process.is_running:
        one_process.start()
    wait_until_ready(bot)
    yield one_process
    let_go(bot)


@pytest.fixture
def phone(sandbox, alice, bot):
    link(alice, bot, 501)
    return sandbox.phone(501)


def describe(phone) -> None:
    phone.send("/createticket")
    phone.wait_for("Choose a department.")
    phone.press("Technical support · Free")
    phone.wait_for("What is it about?")
    phone.send("Website is slow")
    phone.wait_for("Which service")
    phone.press("Skip")
    phone.wait_for("Describe your question")


def test_ticket_with_an_album_from_the_phone_to_the_database(phone, process):
    describe(phone)
    phone.send("It began at 8.")
    phone.attach(("one.png", PNG, "image/png"), ("two.png", PNG, "image/png"), caption="Graphs")
    phone.wait_for("Added (2 messages, 2 of 5 files)")

    phone.press("Complete")

    phone.wait_for("is sent to Technical support")
    assert Ticket.objects.get().messages.get().text == "It began at 8.\n\nGraphs"
    assert Attachment.objects.count() == 2


def test_progress_is_one_message_and_old_keyboards_are_gone(phone, process):
    describe(phone)
    phone.send("One")
    phone.wait_for("Added (1 message,")
    phone.send("Two")
    phone.wait_for("Added (2 messages,")

    assert sum("Added (" in text for text in phone.said()) == 1
    wait_until(lambda: sum(bool(item["buttons"]) for item in phone.chat()) == 1)


def test_every_press_is_answered(phone, process, sandbox):
    phone.send("/language")
    phone.wait_for("Choose a language.")

    phone.press("English")

    wait_until(lambda: len(sandbox.calls("answerCallbackQuery")) == 1)


def test_answer_with_photo_and_file_reaches_the_phone(phone, process, alice, technical, sam):
    ticket = a_ticket(alice, technical)
    key, staff = new_key(), as_staff(sam)
    for name, content in (("one.png", PNG), ("two.png", PNG), ("table.csv", b"a,b\n")):
        a_file(staff, key, content, name)
    reply(by=staff, number=ticket.pk, answer=Answer(text="See **these**."), key=key)

    deliver_all()

    phone.wait_for("See these.")
    wait_until(lambda: sum(len(item["files"]) for item in phone.chat()) == 3)
    album = [item["album"] for item in phone.chat() if "photo" in item["message"]]
    assert len(album) == 2
    assert len(set(album)) == 1


def test_linking_by_the_deep_link(sandbox, process, bot, carol):
    from frontdesk.accounts.telegram_links import make_link_code

    phone = sandbox.phone(777)
    phone.send("/start")
    phone.wait_for("This Telegram account is not connected.")

    phone.send(f"/start {make_link_code(user=carol, bot=bot).link_code}")

    phone.wait_for("Connected to Carol Consulting at North Host.")


def test_command_menu_and_name_are_told_in_both_languages(process, sandbox, bot):
    wait_until(lambda: len(sandbox.calls("setMyCommands")) == 2)

    bot.refresh_from_db()
    assert bot.username == "northhost_bot"


def test_chat_that_is_held_back_does_not_hold_the_others(phone, process, sandbox, carol, bot):
    link(carol, bot, 502)
    other = sandbox.phone(502)
    sandbox.fail(status=429, chat_id=501, method="sendMessage", retry_after=3, times=1)
    started = time.monotonic()

    phone.send("/help")
    other.send("/help")

    other.wait_for("What you can do here")
    assert time.monotonic() - started < 2
    phone.wait_for("What you can do here")
    assert time.monotonic() - started >= 3


def test_broken_server_is_tried_again(phone, process, sandbox):
    sandbox.fail(status=502, method="sendMessage", times=2)

    phone.send("/help")

    phone.wait_for("What you can do here")


def test_a_message_whose_marking_was_lost_with_a_connection_is_sent(
    phone, process, bot, alice, technical, sam
):
    a_reply(as_staff(sam), a_ticket(alice, technical), "Never lost.")
    # As when the answer to the commit never came: marked, and nobody makes the call.
    with transaction.atomic():
        deliver_all()
        Outgoing.objects.update(state=SendState.SENDING, attempts=1)

    phone.wait_for("Never lost.")

    assert Outgoing.objects.get(ticket__isnull=False).repeats == 1


def test_blocked_bot_stops_and_writing_again_unblocks(phone, process, alice, technical, sam):
    ticket = a_ticket(alice, technical)
    phone.send("/help")
    phone.wait_for("What you can do here")
    phone.block()
    wait_until(lambda: TelegramLink.objects.get().blocked_at is not None)

    phone.block(blocked=False)
    phone.send("/start")
    phone.wait_for("Choose one to read it or reply.")

    assert TelegramLink.objects.get().blocked_at is None
    a_reply(as_staff(sam), ticket, "Here again.")
    deliver_all()
    phone.wait_for("Here again.")


def test_file_that_telegram_does_not_take_as_a_photo_goes_as_a_file(
    phone, process, sandbox, alice, technical, sam
):
    ticket = a_ticket(alice, technical)
    key, staff = new_key(), as_staff(sam)
    a_file(staff, key, PNG, "one.png")
    reply(by=staff, number=ticket.pk, answer=Answer(text="See this."), key=key)
    sandbox.fail(status=400, method="sendPhoto")

    deliver_all()

    wait_until(lambda: any("document" in item["message"] for item in phone.chat()))


def test_crash_between_two_steps_loses_nothing(phone, process):
    describe(phone)
    phone.send("It began at 8.")
    phone.wait_for("Added (1 message,")
    process.kill()
    phone.send("Only the shop.")

    process.start()

    phone.wait_for("Added (2 messages,")
    phone.press("Complete")
    phone.wait_for("is sent to Technical support")
    assert Ticket.objects.get().messages.get().text == "It began at 8.\n\nOnly the shop."


def test_kind_stop_is_quick(phone, process):
    phone.send("/help")
    phone.wait_for("What you can do here")

    assert process.stop() < 5


def test_of_two_processes_one_polls_and_the_other_takes_over(phone, process, sandbox):
    second = BotProcess(sandbox.url)
    second.start()
    try:
        time.sleep(4)
        phone.send("/help")
        phone.wait_for("What you can do here")
        assert len([text for text in phone.said() if "What you can do" in text]) == 1

        process.kill()
        phone.send("/start")
        phone.wait_for("You have no active tickets.")
    finally:
        second.stop()
        process.start()


def test_nothing_is_left_to_send(phone, process, sandbox):
    phone.send("/start")
    phone.wait_for("You have no active tickets.")

    wait_until(
        lambda: not Outgoing.objects.exclude(state__in=[SendState.SENT, SendState.SKIPPED]).exists()
    )


def test_token_is_in_no_log_and_no_error(sandbox, bot, capfd):
    process = BotProcess(sandbox.url, LOG_LEVEL="DEBUG")
    process.start()
    wait_until_ready(bot)
    sandbox.fail(status=500, times=5)
    sandbox.phone(501).send("/start")
    wait_until(lambda: type(bot).objects.get().last_error)
    process.stop()

    printed = "".join(capfd.readouterr())
    assert "sandbox-secret" not in printed
    assert "sandbox-secret" not in type(bot).objects.get().last_error


def test_refusal_of_one_message_is_no_trouble_of_the_whole_bot(phone, process, bot, sandbox):
    sandbox.fail(status=400, method="sendMessage")
    phone.send("/help")
    wait_until(lambda: type(bot).objects.filter(last_error__contains="400").exists())

    assert bot_trouble(type(bot).objects.get()) == ""


def test_another_program_that_asks_for_the_bots_updates_is_told_of_and_outlived(
    phone, process, bot, sandbox
):
    def told_of_a_rival():
        sandbox.api("getUpdates", timeout=0)  # again: the bot may just not be asking
        return type(bot).objects.filter(last_error__contains="terminated by other").exists()

    wait_until(told_of_a_rival)

    phone.send("/help")

    phone.wait_for("What you can do here")
