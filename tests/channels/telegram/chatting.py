"""A linked chat against the real database, without a network: updates in, queued messages out."""

import json
import time
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from frontdesk.accounts.models import Provider, TelegramBot, TelegramLink, User
from frontdesk.accounts.telegram_bots import connect_bot
from frontdesk.accounts.telegram_links import ChatName, make_link_code, redeem_code
from frontdesk.channels.telegram import outbox
from frontdesk.channels.telegram.acts import Fetched
from frontdesk.channels.telegram.inbound import Handled, handle_next, store
from frontdesk.channels.telegram.models import Outgoing
from frontdesk.channels.telegram.outbox import End, Sent
from frontdesk.delivery.deliver import deliver_event
from frontdesk.support.models import Event

_numbers = count(1)


def a_bot(provider: Provider | None, token: str = "100:secret") -> TelegramBot:
    return connect_bot(provider=provider, token=token)


def link(user: User, bot: TelegramBot, chat_id: int) -> TelegramLink:
    code = make_link_code(user=user, bot=bot)
    chat = ChatName(chat_id=chat_id, username=user.name, language="en")
    return redeem_code(bot=bot, code=code.link_code, chat=chat)


@dataclass
class TestChat:
    """One chat. What is queued is taken as sent, in order, with numbers like Telegram's."""

    __test__ = False
    bot: TelegramBot
    chat_id: int = 501
    heard: list[Outgoing] = field(default_factory=list)
    said: list[dict[str, Any]] = field(default_factory=list)
    toast: str = ""
    files: dict[str, bytes] = field(default_factory=dict)

    def send(self, text: str, *, reply_to: int = 0) -> list[dict[str, Any]]:
        """Send a text; return what the bot answered."""
        message = self._message() | {"text": text}
        if reply_to:
            message["reply_to_message"] = {"message_id": reply_to}
        return self.give({"message": message})

    def attach(self, name: str, content: bytes, **more: Any) -> list[dict[str, Any]]:
        """Send a document."""
        self.files[name] = content
        document = {"file_id": name, "file_name": name, "file_size": len(content)}
        return self.give({"message": self._message() | {"document": document} | more})

    def press(self, label: str) -> list[dict[str, Any]]:
        """Press the newest button with this label."""
        for payload in reversed(self.said):
            for button in (button for row in payload["buttons"] for button in row):
                if button["text"] == label:
                    return self.press_data(button["callback_data"], payload["message_id"])
        raise AssertionError(f"no button {label!r}")

    def press_data(self, data: str, message_id: int = 0) -> list[dict[str, Any]]:
        """Press a button that sends this."""
        return self.give({"callback_query": self.a_press(data, message_id)})

    def a_press(self, data: str, message_id: int) -> dict[str, Any]:
        """A button's press as it arrives."""
        chat = {"id": self.chat_id, "type": "private"}
        message = {"message_id": message_id, "chat": chat}
        query = {"id": f"q{next(_numbers)}", "from": self._sender(), "message": message}
        return query | {"data": data}

    def give(self, content: dict[str, Any]) -> list[dict[str, Any]]:
        """Hand an update in, have it handled, and take what was queued."""
        store(self.bot.pk, [{"update_id": next(_numbers), **content}])
        self.handle()
        return self.take()

    def handle(self) -> list[Handled]:
        """Handle everything that waits; files are fetched from `files`."""
        fetched: dict[int, Fetched] = {}
        done = []
        while handled := handle_next(self.bot.pk, self.chat_id, fetched):
            if handled.fetch is not None:
                fetched[handled.arrival_id] = self._fetch(handled.fetch.file_id)
                continue
            self.toast = handled.toast
            done.append(handled)
        return done

    def take(self) -> list[dict[str, Any]]:
        """Take everything queued as sent; return the payloads of the words."""
        taken = []
        while found := outbox.take_next(self.bot.pk, self.chat_id):
            if isinstance(found, outbox.Later):
                if found.seconds > 0:
                    break
                continue
            number = found.on_message if found.kind == "edit" else next(_numbers)
            outbox.settle(found.id, Sent(End.SENT, message_ids=(number,)))
            taken.append(found.payload | {"kind": found.kind, "message_id": number, "send": found})
        words = [one for one in taken if "html" in one]
        self.said += words
        self.files_sent = [one["send"].files for one in taken if one["send"].files]
        return words

    def _fetch(self, file_id: str) -> Fetched:
        from io import BytesIO

        return Fetched(content=BytesIO(self.files[file_id]), size=len(self.files[file_id]))

    def _message(self) -> dict[str, Any]:
        return {
            "message_id": next(_numbers),
            "date": int(time.time()),
            "chat": {"id": self.chat_id, "type": "private"},
            "from": self._sender(),
        }

    def _sender(self) -> dict[str, Any]:
        return {"id": self.chat_id, "is_bot": False, "first_name": "Alice", "username": "alice"}


def dumped(update: dict[str, Any]) -> str:
    return json.dumps(update)


def describe(chat: TestChat, subject: str = "Website is slow") -> None:
    """Take a new ticket to its last step."""
    chat.send("/createticket")
    chat.press("Technical support · Free")
    chat.send(subject)
    chat.press("Skip")


def deliver_all() -> None:
    """Deliver every event, as the worker does."""
    for event in Event.objects.order_by("pk"):
        deliver_event(event_id=event.pk)
