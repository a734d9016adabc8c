"""Reads an update: whose chat it is, and what arrived in the dialogue's own terms.

Fields are read one by one: other Bot API servers leave out what Telegram always sends. Nothing
in an update is trusted but the chat's number; a button's data names no act that is not offered.
"""

import re
from dataclasses import dataclass, replace
from typing import Any

from frontdesk.accounts.telegram_links import ChatName
from frontdesk.channels.telegram.steps.given import File, Given, On

Json = dict[str, Any]

COMMANDS = {on.value: on for on in On if on.value.startswith("/")}
COMMAND = re.compile(r"(/[a-z]+)(?:@\w+)?(?:\s+(.*))?\Z", re.IGNORECASE | re.DOTALL)
# Buttons that always work, and those that belong to one dialogue.
FREE_BUTTONS = {On.LIST, On.TURN, On.NEW, On.CARD, On.REPLY, On.ARCHIVE, On.ARCHIVE_SURE} | {
    On.ABOUT,
    On.SPEAK,
    On.STOP,
}
OWN_BUTTONS = {On.CHOOSE, On.PAGE, On.SKIP, On.BACK, On.CANCEL, On.COMPLETE, On.GO_ON_ABOUT}
OWN_BUTTONS |= {On.GO_ON, On.PAY}
NO_DIALOGUE = "-"
# How a file is called whose kind has no name, and what a name without an end lacks.
FILE_KINDS = {
    "animation": "animation.mp4",
    "document": "file",
    "audio": "audio.mp3",
    "video": "video.mp4",
    "video_note": "video.mp4",
    "voice": "voice.ogg",
}
TICKET = re.compile(r"#([0-9]{1,12})\b")
OTHER_KINDS = frozenset(
    ("sticker contact location venue poll dice game story paid_media checklist invoice").split()
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What an update says. `given` is None when there is nothing to act on, for a `reason`.

    `replied_to` is the message that Telegram's reply answers, `told_ticket` the number in it.
    """

    chat: ChatName | None = None
    given: Given | None = None
    reason: str = ""
    callback_id: str = ""
    pressed: int = 0
    replied_to: int = 0
    told_ticket: int | None = None
    has_blocked: bool | None = None
    may_be_early: bool = False


def read(update: Json) -> Reading:
    """Return what the update says; whatever it is, nothing is raised."""
    try:
        return _read(update)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        return Reading(reason=f"not understood: {type(error).__name__}")


def identity_of(update: Json) -> str:
    """Return what tells this update from another one under the same number."""
    for kind, content in update.items():
        if isinstance(content, dict):
            parts = (content.get(name) for name in ("id", "message_id", "date", "edit_date"))
            sender = (content.get("from") or {}).get("id", "")
            return ":".join([kind, str(sender), *map(str, parts), str(content.get("data", ""))])[
                :120
            ]
    return ""


def chat_id_of(update: Json) -> int | None:
    """Return the chat that the update belongs to, which is handled in order."""
    chat = read(update).chat
    return chat.chat_id if chat else None


def named(given: Given, number: int) -> Given:
    """Return the arrival with a nameless file called by its number: photo6.jpg."""
    if given.file is None or given.file.name not in {"photo.jpg", *FILE_KINDS.values()}:
        return given
    stem, dot, end = given.file.name.partition(".")
    return replace(given, file=replace(given.file, name=f"{stem}{number}{dot}{end}"))


def _read(update: Json) -> Reading:
    if "message" in update:
        return _message(update["message"])
    if "edited_message" in update:
        return _edited(update["edited_message"])
    if "callback_query" in update:
        return _press(update["callback_query"])
    if "my_chat_member" in update:
        return _membership(update["my_chat_member"])
    return Reading(reason="a kind of update that is not asked for")


def _words(value: object) -> str:
    """Return text as the database can hold it: no NUL, no half symbols."""
    return str(value).replace("\x00", "").encode("utf-8", "replace").decode()


def _message(message: Json) -> Reading:
    chat = _private_chat(message)
    if chat is None:
        return Reading(reason="not a private chat")
    given = _content(message)
    if given is None:
        return Reading(chat=chat, reason="a message without content")
    answered = message.get("reply_to_message") or {}
    return Reading(
        chat=chat,
        given=given,
        replied_to=int(answered.get("message_id") or 0),
        told_ticket=_told_ticket(answered),
    )


def _told_ticket(answered: Json) -> int | None:
    """Return the ticket that a message of the bot is about: each such one names it."""
    if not (answered.get("from") or {}).get("is_bot"):
        return None
    found = TICKET.search(_words(answered.get("text") or ""))
    return int(found[1]) if found else None


def _content(message: Json) -> Given | None:
    number = int(message.get("message_id") or 0)
    if "text" in message:
        return _text(_words(message["text"]), number)
    if file := _file(message):
        return Given(On.FILE, message_id=number, file=file)
    if OTHER_KINDS & message.keys():
        return Given(On.OTHER, message_id=number)
    return None


def _text(text: str, number: int) -> Given:
    found = COMMAND.match(text)
    on = COMMANDS.get(found[1].lower()) if found else None
    if found and on:
        return Given(on, message_id=number, argument=(found[2] or "").strip())
    return Given(On.TEXT, message_id=number, text=text)


def _file(message: Json) -> File | None:
    found, name = _found_file(message)
    if found is None:
        return None
    size = found.get("file_size")
    return File(
        file_id=str(found["file_id"]),
        name=_words(found.get("file_name") or name),
        size=int(size) if size is not None else None,
        album=_words(message.get("media_group_id") or ""),
        caption=_words(message.get("caption") or ""),
    )


def _found_file(message: Json) -> tuple[Json | None, str]:
    if photo := message.get("photo"):
        # The last size is the largest.
        return photo[-1], "photo.jpg"
    for kind, name in FILE_KINDS.items():
        if kind in message:
            return message[kind], name
    return None, ""


def _edited(message: Json) -> Reading:
    chat = _private_chat(message)
    words = message.get("text", message.get("caption"))
    if words is None and _found_file(message)[0] is not None:
        # The words under a file were deleted.
        words = ""
    if chat is None or words is None:
        return Reading(chat=chat, reason="an edit without text")
    given = Given(On.EDITED, message_id=int(message["message_id"]), text=_words(words))
    return Reading(chat=chat, given=given)


def _press(query: Json) -> Reading:
    message = query.get("message") or {}
    chat = _private_chat({"chat": message.get("chat"), "from": query.get("from")})
    if chat is None:
        return Reading(reason="not a private chat")
    return Reading(
        chat=chat,
        given=_button(_words(query.get("data") or "")),
        callback_id=str(query.get("id") or ""),
        pressed=int(message.get("message_id") or 0),
    )


def _button(data: str) -> Given:
    """Return what the button does; anything we do not offer is an old button."""
    mark, _, rest = data.rpartition("~")
    verb, _, argument = rest.partition(":")
    try:
        on = On(verb)
    except ValueError:
        return Given(On.CANCEL, mark=NO_DIALOGUE)
    if on in FREE_BUTTONS:
        return Given(on, argument=argument)
    if on in OWN_BUTTONS and mark:
        return Given(on, argument=argument, mark=mark)
    return Given(On.CANCEL, mark=NO_DIALOGUE)


def _membership(change: Json) -> Reading:
    chat = _private_chat(change)
    status = (change.get("new_chat_member") or {}).get("status")
    return Reading(chat=chat, has_blocked=status == "kicked", reason="who may write changed")


def _private_chat(message: Json) -> ChatName | None:
    """Return the private chat; None of a group, where tickets would be read by others."""
    sender = message.get("from") or {}
    chat = message.get("chat") or {"id": sender.get("id"), "type": "private"}
    if chat.get("type", "private") != "private" or chat.get("id") is None:
        return None
    return ChatName(
        chat_id=int(chat["id"]),
        username=_shown_name(sender),
        language=_words(sender.get("language_code") or ""),
    )


def _shown_name(sender: Json) -> str:
    """Return @username; many people have none and go by their first name."""
    if username := _words(sender.get("username") or ""):
        return f"@{username}"
    return _words(sender.get("first_name") or "")
