"""What the sandbox remembers: bots, people, their chats and files. In memory only."""

import asyncio
import secrets
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

Json = dict[str, Any]


@dataclass(slots=True)
class StoredFile:
    """A file in either direction."""

    file_id: str
    name: str
    content: bytes
    content_type: str
    width: int = 0
    height: int = 0


@dataclass(slots=True)
class Person:
    """Somebody with a phone."""

    id: int
    first_name: str
    username: str = ""
    language_code: str = "en"
    has_blocked: bool = False

    def as_user(self) -> Json:
        """As updates name him."""
        user: Json = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        if self.username:
            user["username"] = self.username
        return user | {"language_code": self.language_code}

    def as_chat(self) -> Json:
        """The private chat with him."""
        chat: Json = {"id": self.id, "type": "private", "first_name": self.first_name}
        return chat | ({"username": self.username} if self.username else {})


@dataclass(slots=True)
class Shown:
    """A message in a chat: as the Bot API tells it, and what the page needs beside."""

    message: Json
    is_from_bot: bool
    html: str = ""
    files: list[StoredFile] = field(default_factory=list)
    version: int = 0
    is_deleted: bool = False

    @property
    def id(self) -> int:
        """The number of the message in its chat."""
        return int(self.message["message_id"])

    @property
    def buttons(self) -> list[list[Json]]:
        """The inline keyboard under it."""
        keyboard = self.message.get("reply_markup") or {}
        rows: list[list[Json]] = keyboard.get("inline_keyboard") or []
        return rows


@dataclass(slots=True)
class SandboxBot:
    """A bot that the sandbox knows by its token."""

    token: str
    username: str
    name: str
    updates: deque[Json] = field(default_factory=deque)
    webhook_url: str = ""
    webhook_secret: str = ""
    commands: Json = field(default_factory=dict)
    polls: int = 0

    @property
    def id(self) -> int:
        """The number before the token's colon."""
        number = self.token.partition(":")[0]
        return int(number) if number.isdigit() else 1

    def as_user(self) -> Json:
        """As messages name it."""
        return {
            "id": self.id,
            "is_bot": True,
            "first_name": self.name,
            "username": self.username,
        }


class World:
    """All of it, for one event loop. Numbers begin at the clock, so that none comes again."""

    def __init__(self, bots: list[SandboxBot]) -> None:
        """Begin with these bots and nobody else."""
        self.bots = {bot.token: bot for bot in bots}
        self.people: dict[int, Person] = {}
        self.chats: dict[tuple[str, int], list[Shown]] = {}
        self.files: dict[str, StoredFile] = {}
        self.open_queries: dict[str, int] = {}
        self.toasts: dict[int, str] = {}
        self.calls: deque[Json] = deque(maxlen=100_000)
        self.version = 0
        self._numbers = count(int(time.time()))
        self._update_numbers = count(int(time.time()))
        self._news = asyncio.Condition()
        self.push: Callable[[SandboxBot, Json], None] = lambda _bot, _update: None

    def person(self, user_id: int) -> Person:
        """Return somebody, made up if he is new."""
        return self.people.setdefault(user_id, Person(user_id, f"Person {user_id}"))

    def chat(self, bot: SandboxBot, user_id: int) -> list[Shown]:
        """Return the messages of a chat, oldest first."""
        return self.chats.setdefault((bot.token, user_id), [])

    def find(self, bot: SandboxBot, user_id: int, message_id: int) -> Shown | None:
        """Return a message of a chat, if it is there."""
        shown = (one for one in reversed(self.chat(bot, user_id)) if one.id == message_id)
        return next((one for one in shown if not one.is_deleted), None)

    def show(self, bot: SandboxBot, user_id: int, shown: Shown) -> Shown:
        """Put a new message into a chat."""
        self.chat(bot, user_id).append(shown)
        return self.touch(shown)

    def touch(self, shown: Shown) -> Shown:
        """Say that a message is new or changed."""
        self.version += 1
        shown.version = self.version
        return shown

    def new_message(self, person: Person, sender: Json) -> Json:
        """Return the beginning of a message."""
        return {
            "message_id": next(self._numbers),
            "date": int(time.time()),
            "chat": person.as_chat(),
            "from": sender,
        }

    def note_call(self, method: str, chat_id: int, fields: Json) -> None:
        """Remember who asked for what, and when; phones are asked for by the name `phone`."""
        self.calls.append(
            {"method": method, "chat_id": chat_id, "at": time.monotonic(), "fields": fields}
        )

    def store(self, file: StoredFile) -> StoredFile:
        """Keep a file."""
        self.files[file.file_id] = file
        return file

    def new_id(self) -> str:
        """Return a name for a file or a press."""
        return secrets.token_urlsafe(18)

    async def tell(self, bot: SandboxBot, kind: str, content: Json) -> Json:
        """Queue an update for the bot, or push it to its webhook."""
        update = {"update_id": next(self._update_numbers), kind: content}
        if bot.webhook_url:
            self.push(bot, update)
            return update
        async with self._news:
            bot.updates.append(update)
            self._news.notify_all()
        return update

    async def wait_for_updates(self, bot: SandboxBot, seconds: float, turn: int) -> None:
        """Wait until there is something, or a newer call took over."""

        def is_over() -> bool:
            return bool(bot.updates) or bot.polls != turn

        async with self._news:
            try:
                await asyncio.wait_for(self._news.wait_for(is_over), seconds)
            except TimeoutError:
                return

    async def new_turn(self, bot: SandboxBot) -> int:
        """Count a call of getUpdates; the one before is ended."""
        async with self._news:
            bot.polls += 1
            self._news.notify_all()
            return bot.polls
