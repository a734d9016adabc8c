"""How many updates a second the whole bot takes, and how long one takes by itself.

A short run shows that it works; by command with UPDATES=3000 it gives figures. Nothing here is a
timed test: a machine that is busy would fail it.
"""

import os
import statistics
import sys
import time

import pytest
from django.utils import timezone

from frontdesk.accounts.models import TelegramLink
from frontdesk.channels.telegram.models import Arrival, ArrivalState
from tests.channels.telegram.bot_process import BotProcess, let_go, wait_until_ready
from tests.channels.telegram.chatting import a_bot
from tests.channels.telegram.sandbox import (
    TOKEN,
    Phone,
    RunningSandbox,
    running_sandbox,
    wait_until,
)

pytestmark = pytest.mark.django_db(transaction=True)

UPDATES = int(os.environ.get("UPDATES", "60"))
RATE = float(os.environ.get("RATE", "50"))
CHATS = 20


@pytest.fixture
def chats(north, technical, alice):
    """Twenty chats in the last step of a ticket."""
    bot = a_bot(north, TOKEN)
    TelegramLink.objects.bulk_create(
        TelegramLink(bot=bot, user=alice, chat_id=600 + number, linked_at=timezone.now())
        for number in range(CHATS)
    )
    with running_sandbox() as sandbox:
        process = BotProcess(sandbox.url)
        process.start()
        wait_until_ready(bot)
        phones = [sandbox.phone(600 + number) for number in range(CHATS)]
        for phone in phones:
            _begin(phone)
        yield sandbox, phones, process
        process.stop()
        let_go(bot)


def test_steady_rate_is_kept_up_with(chats, capsys):
    sandbox, phones, process = chats
    before, started, cpu = len(sandbox.calls()), time.monotonic(), process.cpu_seconds()

    for number in range(UPDATES):
        _wait_for_turn(started, number)
        phones[number % CHATS].send(f"Message {number}")
    wait_until(_is_done)
    took, cpu = time.monotonic() - started, (process.cpu_seconds() - cpu) * 1000 / UPDATES

    own = _own_times(sandbox, before)
    with capsys.disabled():
        figures = f"{UPDATES} updates at {RATE:.0f}/s in {took:.1f} s, {_words(own)}"
        sys.stdout.write(f"\n{figures}, {cpu:.1f} ms of processor an update\n")
    assert len(own) > 0


def test_burst_is_worked_off(chats, capsys):
    _sandbox, phones, _process = chats
    started = time.monotonic()

    for number in range(UPDATES):
        phones[number % CHATS].send(f"Message {number}")
    sent = time.monotonic() - started
    wait_until(_is_done)
    took = time.monotonic() - started

    with capsys.disabled():
        sys.stdout.write(f"\n{UPDATES} sent in {sent:.1f} s, done in {took:.1f} s\n")
    assert took >= sent


def _begin(phone: Phone) -> None:
    phone.send("/createticket")
    phone.wait_for("Choose a department.")
    phone.press("Technical support · Free")
    phone.wait_for("What is it about?")
    phone.send("Load")
    phone.wait_for("Which service")
    phone.press("Skip")
    phone.wait_for("Describe your question")


def _wait_for_turn(started: float, number: int) -> None:
    time.sleep(max(0.0, started + number / RATE - time.monotonic()))


def _is_done() -> bool:
    return not Arrival.objects.filter(state=ArrivalState.WAITING).exists()


def _own_times(sandbox: RunningSandbox, before: int) -> list[float]:
    """From a message on a phone to the bot's next answer in that chat, in ms."""
    times, waiting = [], {}
    for call in sandbox.calls()[before:]:
        if call["method"] == "phone":
            waiting.setdefault(call["chat_id"], []).append(call["at"])
        elif call["method"] in {"sendMessage", "editMessageText"}:
            times += [(call["at"] - at) * 1000 for at in waiting.pop(call["chat_id"], [])]
    return sorted(times)


def _words(times: list[float]) -> str:
    middle, late = statistics.median(times), times[len(times) * 95 // 100]
    return f"own time p50 {middle:.0f} ms, p95 {late:.0f} ms"
