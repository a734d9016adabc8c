"""Kills the bot at any moment, again and again, while people write; then counts.

By command, two hundred times: `python -m pytest tests/channels/telegram/test_kill.py` with
KILLS=200 in the environment. Tickets, replies and steps must be exactly once, no message lost;
repeats are counted.
"""

import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from frontdesk.accounts.models import TelegramBot
from frontdesk.channels.telegram.models import Arrival, ArrivalState, Outgoing, SendState
from frontdesk.support.models import Message, Ticket
from tests.channels.telegram.bot_process import BotProcess
from tests.channels.telegram.sandbox import Phone, RunningSandbox, wait_until


@dataclass
class Tally:
    """What came of it."""

    kills: int = 0
    tickets: int = 0
    replies: int = 0
    wrong: list[str] = field(default_factory=list)
    said: int = 0
    lost: list[str] = field(default_factory=list)
    repeated: int = 0
    counted_repeats: int = 0


def kill_again_and_again(
    process: BotProcess, sandbox: RunningSandbox, phones: list[Phone], kills: int, seed: int
) -> Tally:
    """Let people write a ticket and a reply in each round, with a kill somewhere in it."""
    chance = random.Random(seed)
    tally = Tally(kills=kills)
    for number in range(kills):
        phone = phones[number % len(phones)]
        _round(process, phone, number, chance)
    _wait_for_rest()
    _count_tickets(tally, kills)
    _count_messages(tally, phones)
    return tally


def _round(process: BotProcess, phone: Phone, number: int, chance: random.Random) -> None:
    """One ticket and a reply to it; the bot dies at a random moment of it."""
    steps = _steps(phone, number)
    dies_before = chance.randrange(len(steps))
    for place, step in enumerate(steps):
        if place == dies_before:
            time.sleep(chance.uniform(0, 0.08))
            process.kill()
            process.start()
        step()


def _steps(phone: Phone, number: int) -> list:
    """Return the acts of a round; each waits for the answer to the one before."""
    subject = f"Round {number}"

    def and_wait(act: Callable[[], object], words: str) -> None:
        # Counted before: the answer may be quicker than the next line.
        times = _seen(phone, words) + 1
        act()
        phone.wait_for(words, times=times)

    def press_and_wait(label: str, words: str):
        return lambda: and_wait(lambda: phone.press(label), words)

    def send_and_wait(text: str, words: str):
        return lambda: and_wait(lambda: phone.send(text), words)

    return [
        send_and_wait("/createticket", "Choose a department."),
        press_and_wait("Technical support · Free", "What is it about?"),
        send_and_wait(subject, "Which service"),
        press_and_wait("Skip", "Describe your question"),
        send_and_wait(f"First of {number}", "Added (1 message,"),
        lambda: phone.send(f"Second of {number}"),
        lambda: _wait_for_edit(phone, "Added (2 messages,"),
        press_and_wait("Complete", "is sent to Technical support"),
        lambda: phone.send(f"Reply {number}", reply_to=phone.chat()[-1]["id"]),
        lambda: _wait_for_edit(phone, "Reply to #"),
        press_and_wait("Complete", "Your reply to #"),
    ]


def _seen(phone: Phone, words: str) -> int:
    return sum(words in text for text in phone.said())


def _wait_for_edit(phone: Phone, words: str) -> None:
    wait_until(
        lambda: any(words in item["text"] for item in phone.chat()[-3:]),
        lambda: f"{words!r} is not in {phone.said()[-4:]}",
    )


def _wait_for_rest() -> None:
    """Wait until nothing is left to do or to send."""
    ended = [SendState.SENT, SendState.SKIPPED]
    wait_until(lambda: not Outgoing.objects.exclude(state__in=ended).exists())
    wait_until(lambda: not Arrival.objects.filter(state=ArrivalState.WAITING).exists())


def _count_tickets(tally: Tally, kills: int) -> None:
    texts = Counter(Message.objects.values_list("text", flat=True))
    subjects = Counter(Ticket.objects.values_list("subject", flat=True))
    tally.tickets, tally.replies = sum(subjects.values()), 0
    for number in range(kills):
        if subjects[f"Round {number}"] != 1:
            tally.wrong.append(f"ticket {number}: {subjects[f'Round {number}']} times")
        if texts[f"First of {number}\n\nSecond of {number}"] != 1:
            tally.wrong.append(f"message {number} is not whole")
        if texts[f"Reply {number}"] != 1:
            tally.wrong.append(f"reply {number}: {texts[f'Reply {number}']} times")
        tally.replies += texts[f"Reply {number}"]


def _count_messages(tally: Tally, phones: list[Phone]) -> None:
    """Compare what the chats show with what was queued: each message once."""
    shown = Counter(
        item["text"] for phone in phones for item in phone.chat() if item["is_from_bot"]
    )
    rows = Outgoing.objects.filter(kind="message", state=SendState.SENT).count()
    tally.said = sum(shown.values())
    tally.repeated = max(0, tally.said - rows)
    if tally.said < rows:
        tally.lost.append(f"{rows - tally.said} messages")
    repeats = Outgoing.objects.values_list("repeats", flat=True)
    tally.counted_repeats = sum(repeats)
    failed = Outgoing.objects.filter(state=SendState.FAILED).count()
    if failed:
        tally.lost.append(f"{failed} given up")
    assert TelegramBot.objects.exists()
