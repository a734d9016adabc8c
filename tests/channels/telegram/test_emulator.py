"""The bot against a Bot API emulator that we did not write: text and buttons, no files.

It wants no token of Telegram's shape, answers polls at once, knows no command menu, and its
presses come without the message's number.
"""

import socket
import subprocess
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from frontdesk.support.models import Ticket
from tests.channels.telegram.bot_process import BotProcess, let_go, wait_until_ready
from tests.channels.telegram.chatting import a_bot, link
from tests.channels.telegram.sandbox import wait_until
from tests.factories import a_ticket

pytestmark = pytest.mark.django_db(transaction=True)

FOLDER = Path(__file__).parent / "emulator"
TOKEN = "sampleToken"
CHAT = 1


class Emulator:
    """Its own client's side: what a person sends, and what the bot has said."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._http = httpx.Client(base_url=url, timeout=10)

    def send(self, text: str) -> None:
        message = self._common() | {"text": text}
        self._http.post("/sendMessage", json=message).raise_for_status()

    def press(self, label: str) -> None:
        for message in reversed(self._from_bot()):
            for row in (message.get("reply_markup") or {}).get("inline_keyboard", []):
                for button in row:
                    if button["text"] == label:
                        self._send_press(button["callback_data"])
                        return
        raise AssertionError(f"no button {label!r}")

    def wait_for(self, words: str) -> None:
        wait_until(lambda: any(words in text for text in self.said()), lambda: str(self.said()))

    def said(self) -> list[str]:
        return [message["text"] for message in self._from_bot()]

    def close(self) -> None:
        self._http.close()

    def _send_press(self, data: str) -> None:
        press = self._common() | {"message": self._common(), "data": data}
        self._http.post("/sendCallback", json=press).raise_for_status()

    def _from_bot(self) -> list[dict[str, Any]]:
        answer = self._http.post("/getUpdatesHistory", json={"token": TOKEN}).json()
        return [one["message"] for one in answer["result"] if "chat_id" in one.get("message", {})]

    def _common(self) -> dict[str, Any]:
        return {
            "botToken": TOKEN,
            "date": int(time.time()),
            "from": {"id": CHAT, "first_name": "TestName", "is_bot": False},
            "chat": {"id": CHAT, "first_name": "TestName", "type": "private"},
        }


@pytest.fixture
def emulator():
    if not (FOLDER / "node_modules" / "telegram-test-api").exists():
        command = ["npm", "ci", "--silent", "--ignore-scripts", "--prefix", str(FOLDER)]
        subprocess.run(command, check=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(["node", str(FOLDER / "serve.js"), str(port)], stdout=subprocess.PIPE)
    assert server.stdout is not None
    assert server.stdout.readline() == b"ready\n"
    emulator = Emulator(f"http://127.0.0.1:{port}")
    yield emulator
    emulator.close()
    server.terminate()
    server.wait(10)
    server.stdout.close()


@pytest.fixture
def linked(emulator, north, alice):
    bot = a_bot(north, TOKEN)
    link(alice, bot, CHAT)
    process = BotProcess(emulator.url)
    process.start()
    wait_until_ready(bot)
    yield bot
    let_go(bot)
    process.stop()


def test_both_dialogues_against_a_strange_server(emulator, linked, alice, technical):
    emulator.send("/createticket")
    emulator.wait_for("Choose a department.")
    emulator.press("Technical support · Free")
    emulator.wait_for("What is it about?")
    emulator.send("Website is slow")
    emulator.wait_for("Which service is it about?")
    emulator.press("Skip")
    emulator.wait_for("Describe your question")
    emulator.send("It began at 8.")
    emulator.wait_for("Added (1 message, 0 of 5 files).")
    emulator.send("Only the shop.")
    emulator.wait_for("Added (2 messages, 0 of 5 files).")
    emulator.press("Complete")
    emulator.wait_for("is sent to Technical support.")
    ticket = Ticket.objects.get()
    assert ticket.messages.get().text == "It began at 8.\n\nOnly the shop."

    emulator.send("/start")
    emulator.wait_for("Your active tickets")
    emulator.press(f"#{ticket.pk} Website is slow")
    emulator.wait_for(f"#{ticket.pk} · In progress")
    emulator.press("Add a reply")
    emulator.wait_for(f"Reply to #{ticket.pk}")
    emulator.send("And the mail.")
    wait_until(lambda: emulator.said()[-1].startswith("Added (1 message"))
    emulator.press("Complete")
    emulator.wait_for(f"Your reply to #{ticket.pk} is sent.")
    assert list(ticket.messages.values_list("text", flat=True).order_by("pk"))[1:] == [
        "And the mail."
    ]


def test_bot_learns_its_name_and_its_strange_server_is_no_trouble(emulator, linked, alice, sales):
    wait_until(lambda: type(linked).objects.get().username == "TestNameBot")
    a_ticket(alice, sales)

    emulator.send("/start")

    emulator.wait_for("Your active tickets")
