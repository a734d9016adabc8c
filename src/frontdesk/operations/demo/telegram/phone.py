"""What people do with their phones: write, attach, press, edit, block."""

import time
from dataclasses import dataclass

from frontdesk.operations.demo.telegram.media import document_fields, image_size, photo_sizes
from frontdesk.operations.demo.telegram.parameters import Sent
from frontdesk.operations.demo.telegram.world import (
    Json,
    Person,
    SandboxBot,
    Shown,
    StoredFile,
    World,
)

# Kinds that carry no text and no file of use to a help desk, as Telegram tells them.
OTHER_KINDS: dict[str, Json] = {
    "sticker": {"file_id": "s", "file_unique_id": "s", "emoji": "🙂", "type": "regular"},
    "contact": {"phone_number": "+100000000", "first_name": "Bob"},
    "location": {"latitude": 52.5, "longitude": 13.4},
    "poll": {"id": "1", "question": "Which?", "options": [], "total_voter_count": 0},
}
# Kinds that carry a file under a name of their own.
FILE_KINDS = ("photo", "document", "voice", "video", "animation", "audio", "video_note")


@dataclass(slots=True)
class Phone:
    """One person with one bot's chat open."""

    world: World
    bot: SandboxBot
    person: Person

    async def write(self, text: str, *, reply_to: int = 0) -> Shown:
        """Send a text, perhaps as a reply to a message."""
        message = self._begin(reply_to) | {"text": text}
        if text.startswith("/"):
            length = len(text.split()[0])
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        return await self._send(message, [])

    async def attach(
        self, files: list[Sent], *, caption: str = "", kind: str = "", reply_to: int = 0
    ) -> list[Shown]:
        """Send files; several are an album, whose caption stands under the first."""
        album = self.world.new_id() if len(files) > 1 else ""
        shown = []
        for number, sent in enumerate(files):
            message = self._begin(reply_to)
            stored = self._store(sent)
            message |= _as_kind(stored, kind)
            message |= {"media_group_id": album} if album else {}
            message |= {"caption": caption} if caption and number == 0 else {}
            shown.append(await self._send(message, [stored]))
        return shown

    async def send_other(self, kind: str) -> Shown:
        """Send a sticker, a contact, a location or a poll."""
        return await self._send(self._begin(0) | {kind: OTHER_KINDS[kind]}, [])

    async def edit(self, message_id: int, text: str) -> Shown:
        """Change an own message."""
        shown = self.world.find(self.bot, self.person.id, message_id)
        if shown is None or shown.is_from_bot:
            raise LookupError(f"no own message {message_id}")
        name = "text" if "text" in shown.message else "caption"
        shown.message |= {name: text, "edit_date": int(time.time())}
        self.world.touch(shown)
        await self.world.tell(self.bot, "edited_message", dict(shown.message))
        return shown

    async def press(self, message_id: int, data: str) -> None:
        """Press the button that sends this data. Raises LookupError when it is not there."""
        shown = self.world.find(self.bot, self.person.id, message_id)
        found = [b for row in (shown.buttons if shown else []) for b in row]
        if shown is None or data not in [button.get("callback_data") for button in found]:
            raise LookupError(f"no such button under {message_id}")
        await self.send_press(dict(shown.message), data)

    async def send_press(self, message: Json, data: str) -> None:
        """Send a press as the phone does, even of a button that is gone."""
        query_id = self.world.new_id()
        self.world.open_queries[query_id] = self.person.id
        query = {
            "id": query_id,
            "from": self.person.as_user(),
            "message": message,
            "chat_instance": str(self.person.id),
            "data": data,
        }
        await self.world.tell(self.bot, "callback_query", query)

    async def block(self, *, blocked: bool) -> None:
        """Block the bot, or allow it again."""
        self.person.has_blocked = blocked
        status = "kicked" if blocked else "member"
        change = {
            "chat": self.person.as_chat(),
            "from": self.person.as_user(),
            "date": int(time.time()),
            "old_chat_member": {"status": "member", "user": self.bot.as_user()},
            "new_chat_member": {"status": status, "user": self.bot.as_user()},
        }
        await self.world.tell(self.bot, "my_chat_member", change)

    def _begin(self, reply_to: int) -> Json:
        message = self.world.new_message(self.person, self.person.as_user())
        answered = self.world.find(self.bot, self.person.id, reply_to) if reply_to else None
        if answered is not None:
            message["reply_to_message"] = dict(answered.message)
        return message

    async def _send(self, message: Json, files: list[StoredFile]) -> Shown:
        self.person.has_blocked = False
        shown = Shown(message, is_from_bot=False, files=files)
        self.world.show(self.bot, self.person.id, shown)
        await self.world.tell(self.bot, "message", dict(message))
        return shown

    def _store(self, sent: Sent) -> StoredFile:
        width, height = image_size(sent.content) or (0, 0)
        file_id = self.world.new_id()
        return self.world.store(
            StoredFile(file_id, sent.name, sent.content, sent.content_type, width, height)
        )


def _as_kind(file: StoredFile, kind: str) -> Json:
    """Return the part of a message that carries the file: as asked, else as phones choose."""
    if kind not in FILE_KINDS:
        kind = "photo" if file.width else "document"
    if kind == "photo":
        return {"photo": photo_sizes(file)}
    fields = document_fields(file)
    if kind in {"voice", "video_note"}:
        fields.pop("file_name")
    if kind == "animation":
        # Telegram sends animations as documents too, for older clients.
        return {"animation": fields, "document": dict(fields)}
    return {kind: fields}
