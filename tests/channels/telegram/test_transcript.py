"""The dialogues as docs/telegram.md shows them are those that the bot holds.

By command with WRITE=1 in the environment they are written there anew.
"""

import os
import re
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from frontdesk.delivery.deliver import deliver_event
from frontdesk.support.actions.reply import Answer, reply
from frontdesk.support.models import Event, Ticket
from tests.channels.telegram.chatting import TestChat
from tests.factories import PNG, a_file, a_reply, new_key
from tests.people import as_staff

pytestmark = pytest.mark.django_db

PAGE = Path(__file__).parents[3] / "docs" / "telegram.md"
BEGIN, END = (
    "<!-- The bot's own words: see tests/channels/telegram/test_transcript.py -->",
    "<!-- -->",
)
NUMBER = "#1042"
TIME = re.compile(r"\d{1,2} \w{3} \d{4}, \d{2}:\d{2}")


@dataclass
class Transcript:
    """A chat written down as it reads on a phone."""

    chat: TestChat
    lines: list[str] = field(default_factory=list)

    def send(self, text: str) -> None:
        """Alice types a text."""
        self._note(f"Alice  {text}", self.chat.send(text))

    def attach(self, name: str, content: bytes) -> None:
        """Alice sends a document."""
        self._note(f"Alice  📎 {name}", self.chat.attach(name, content))

    def press(self, label: str) -> None:
        """Alice presses a button."""
        self._note(f"Alice  ▸ {label}", self.chat.press(label))

    def hear(self) -> None:
        """The bot tells what happened meanwhile."""
        for event in Event.objects.order_by("pk"):
            deliver_event(event_id=event.pk)
        self._note("", self.chat.take())

    def text(self, number: int) -> str:
        """All of it, with the number and the time that stand for any."""
        plain = "\n".join(self.lines).replace(f"#{number}", NUMBER)
        return TIME.sub("24 Nov 2026, 16:05", plain)

    def _note(self, act: str, says: list[dict[str, Any]]) -> None:
        self.lines += ["", act] if act else []
        for said in says:
            text = unescape(re.sub(r"</?\w+>", "", said["html"]))
            first = "Bot    " if said["kind"] == "message" else "Bot ✎  "
            self.lines += ["", *_indented(first, text)] if not act else _indented(first, text)
            self.lines += [
                "       " + " ".join(f"[{b['text']}]" for b in r) for r in said["buttons"]
            ]
        self.lines += [f"       🖼 {file.name}" for sent in self.chat.files_sent for file in sent]


def _indented(first: str, text: str) -> list[str]:
    lines = text.split("\n")
    return [f"{first if n == 0 else ' ' * 7}{line}".rstrip() for n, line in enumerate(lines)]


def _dialogues(chat: TestChat, sam: Any) -> str:
    """Open a ticket, hear its answer, reply to it and archive it."""
    said = Transcript(chat)
    said.send("/createticket")
    said.press("Technical support · Free")
    said.send("Website is slow")
    said.press("Skip")
    said.send("Since last night pages take ten seconds.")
    said.attach("slow.log", b"GET / 10.2 s\n")
    said.press("Complete")
    ticket = Ticket.objects.get()
    key, staff = new_key(), as_staff(sam)
    a_file(staff, key, PNG, "graph.png")
    answer = Answer(text="The disk was **full**. Is it quick again?")
    reply(by=staff, number=ticket.pk, answer=answer, key=key)
    said.hear()
    said.send("/start")
    said.press(f"↩ #{ticket.pk} Website is slow")
    said.press("Add a reply")
    said.send("Yes, thank you.")
    said.press("Complete")
    a_reply(staff, ticket, "Good to hear.")
    said.hear()
    said.press("Show ticket")
    said.press("Archive")
    said.press("Archive")
    return said.text(ticket.pk).strip("\n")


def test_the_page_shows_what_the_bot_says(alices_chat, technical, vps, sam):
    block = f"{BEGIN}\n```text\n{_dialogues(alices_chat, sam)}\n```\n{END}"
    page = PAGE.read_text()

    if os.environ.get("WRITE"):
        before, _, rest = page.partition(BEGIN)
        PAGE.write_text(before + block + rest.partition(END)[2])

    assert block in PAGE.read_text()
