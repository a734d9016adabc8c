"""Reads a call's fields, with the refusals that Telegram has for each."""

import json
from dataclasses import dataclass
from html import escape
from typing import Any

from frontdesk.operations.demo.telegram.failures import ApiError, bad_request
from frontdesk.operations.demo.telegram.markup import BadMarkup, parse_html, utf16_length
from frontdesk.operations.demo.telegram.world import Json, Person, SandboxBot, World

TEXT_UNITS = 4096
CAPTION_UNITS = 1024
DATA_BYTES = 64
Fields = dict[str, Any]


@dataclass(slots=True)
class Sent:
    """A file that came with a call."""

    name: str
    content: bytes
    content_type: str


def number(fields: Fields, name: str) -> int:
    """Return a field as a number; 0 when it is not there."""
    try:
        return int(fields.get(name) or 0)
    except (TypeError, ValueError):
        raise bad_request(f"{name} is not a number") from None


def structure(fields: Fields, name: str) -> Any:
    """Return a field that is JSON, whether it came as text or already read."""
    value = fields.get(name)
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise bad_request(f"can't parse {name} JSON object") from None


def reader(world: World, bot: SandboxBot, fields: Fields) -> Person:
    """Return whose chat is written to: somebody who once wrote to the bot and still allows it."""
    user_id = number(fields, "chat_id")
    person = world.people.get(user_id)
    if person is None:
        raise bad_request("chat not found")
    if person.has_blocked:
        raise ApiError(403, "Forbidden: bot was blocked by the user")
    return person


def marked_text(fields: Fields, name: str, most: int = TEXT_UNITS) -> tuple[str, list[Json]]:
    """Return a text with its entities, within the limit after parsing."""
    source, mode = str(fields.get(name) or ""), str(fields.get("parse_mode") or "")
    if mode not in {"", "HTML"}:
        raise bad_request("unsupported parse_mode")
    try:
        text, entities = parse_html(source) if mode else (source, [])
    except BadMarkup as error:
        raise bad_request(f"can't parse entities: {error}") from None
    if utf16_length(text) > most:
        raise bad_request(
            "message is too long" if name == "text" else "message caption is too long"
        )
    return text.strip(), entities


def html_of(fields: Fields, name: str) -> str:
    """Return the text as the page can show it, still to be cleaned."""
    source = str(fields.get(name) or "")
    return source if fields.get("parse_mode") else escape(source)


def keyboard(fields: Fields) -> Json:
    """Return the inline keyboard, checked button by button; nothing where there is none."""
    markup = structure(fields, "reply_markup")
    if not markup:
        return {}
    rows = markup.get("inline_keyboard", [])
    for button in (button for row in rows for button in row):
        if not button.get("text"):
            raise bad_request("can't parse inline keyboard button: text buttons are empty")
        data, url = button.get("callback_data"), button.get("url")
        if not data and not url:
            raise bad_request("can't parse inline keyboard button: no action")
        if data and len(data.encode()) > DATA_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
    return {"reply_markup": {"inline_keyboard": rows}} if rows else {}


def reply_to(world: World, bot: SandboxBot, user_id: int, fields: Fields) -> Json:
    """Return the message that is replied to, as part of the new one."""
    wanted = structure(fields, "reply_parameters") or {}
    if not wanted.get("message_id"):
        return {}
    shown = world.find(bot, user_id, int(wanted["message_id"]))
    if shown is None:
        if wanted.get("allow_sending_without_reply"):
            return {}
        raise bad_request("message to be replied not found")
    quoted = {key: shown.message[key] for key in ("message_id", "date", "chat", "from")}
    return {"reply_to_message": quoted | {"text": shown.message.get("text", "")}}
