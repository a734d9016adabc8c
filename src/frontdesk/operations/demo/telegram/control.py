"""The sandbox's other side: what phones do and see, and what tests ask for."""

import base64
import time
from dataclasses import fields as fields_of
from typing import Any

from aiohttp import web

from frontdesk.operations.demo.telegram.bot_api import FAILURES, WORLD
from frontdesk.operations.demo.telegram.failures import Failure
from frontdesk.operations.demo.telegram.parameters import Sent
from frontdesk.operations.demo.telegram.phone import Phone
from frontdesk.operations.demo.telegram.world import Json, SandboxBot, Shown, StoredFile

FAILURE_FIELDS = {field.name for field in fields_of(Failure)}


async def show_chat(request: web.Request) -> web.Response:
    """The messages of a chat that are new since a version, and that version."""
    phone = _phone(request, dict(request.query))
    after = int(request.query.get("after", 0))
    shown = phone.world.chat(phone.bot, phone.person.id)
    items = [_as_item(one) for one in shown if one.version > after]
    answer = {
        "version": phone.world.version,
        "bot": phone.bot.as_user(),
        "commands": phone.bot.commands,
        "items": items,
        "toast": phone.world.toasts.pop(phone.person.id, ""),
        "polled": phone.bot.polls > 0,
    }
    return web.json_response(answer)


async def write(request: web.Request) -> web.Response:
    """Send a text, or files with a caption, or one of the other kinds."""
    fields, files = await _form(request)
    phone = _phone(request, fields)
    phone.world.note_call("phone", phone.person.id, {})
    text, reply_to = fields.get("text", ""), int(fields.get("reply_to") or 0)
    if other := fields.get("other"):
        shown = [await phone.send_other(other)]
    elif files:
        kind = fields.get("kind", "")
        shown = await phone.attach(files, caption=text, kind=kind, reply_to=reply_to)
    elif text:
        shown = [await phone.write(text, reply_to=reply_to)]
    else:
        raise web.HTTPBadRequest(text="nothing to send")
    return web.json_response({"ids": [one.id for one in shown]})


async def press(request: web.Request) -> web.Response:
    """Press a button under a message; `gone` sends it even if it is not there any more."""
    fields, _files = await _form(request)
    phone = _phone(request, fields)
    message_id, data = int(fields["message"]), fields["data"]
    try:
        await phone.press(message_id, data)
    except LookupError as error:
        if not fields.get("gone"):
            raise web.HTTPNotFound(text=str(error)) from None
        shown = phone.world.find(phone.bot, phone.person.id, message_id)
        message = dict(shown.message) if shown else phone.world.new_message(phone.person, {})
        await phone.send_press(message, data)
    return web.json_response({})


async def edit(request: web.Request) -> web.Response:
    """Edit an own message."""
    fields, _files = await _form(request)
    try:
        await _phone(request, fields).edit(int(fields["message"]), fields["text"])
    except LookupError as error:
        raise web.HTTPNotFound(text=str(error)) from None
    return web.json_response({})


async def block(request: web.Request) -> web.Response:
    """Block the bot, or with `blocked` empty allow it again."""
    fields, _files = await _form(request)
    await _phone(request, fields).block(blocked=bool(fields.get("blocked")))
    return web.json_response({})


async def clear(request: web.Request) -> web.Response:
    """Empty a chat on the phone; the bot does not hear of it."""
    fields, _files = await _form(request)
    phone = _phone(request, fields)
    phone.world.chat(phone.bot, phone.person.id).clear()
    phone.world.version += 1
    return web.json_response({})


async def meet(request: web.Request) -> web.Response:
    """Name a person, so that chats with him exist."""
    fields, _files = await _form(request)
    person = request.app[WORLD].person(int(fields["user"]))
    person.first_name = fields.get("first_name", person.first_name)
    person.username = fields.get("username", person.username)
    person.language_code = fields.get("language_code", person.language_code)
    return web.json_response({})


async def fail(request: web.Request) -> web.Response:
    """Let calls fail: see Failure for the fields. Without fields, let none fail any more."""
    fields = await request.json()
    failures = request.app[FAILURES]
    if fields:
        failures.asked.append(Failure(**{k: v for k, v in fields.items() if k in FAILURE_FIELDS}))
    else:
        failures.asked.clear()
    return web.json_response({})


async def forget(request: web.Request) -> web.Response:
    """Forget chats, updates, calls and failures; people and bots stay."""
    world = request.app[WORLD]
    world.chats.clear()
    world.calls.clear()
    request.app[FAILURES].asked.clear()
    for bot in world.bots.values():
        bot.updates.clear()
    return web.json_response({})


async def calls(request: web.Request) -> web.Response:
    """The calls that bots made, with their times."""
    return web.json_response({"now": time.monotonic(), "calls": list(request.app[WORLD].calls)})


async def file(request: web.Request) -> web.Response:
    """A file of a chat, for the phone."""
    found = request.app[WORLD].files.get(request.match_info["file_id"])
    if found is None:
        raise web.HTTPNotFound
    headers = {"X-File-Type": found.content_type}
    return web.Response(
        body=found.content, content_type="application/octet-stream", headers=headers
    )


def _phone(request: web.Request, fields: dict[str, str]) -> Phone:
    world = request.app[WORLD]
    bot: SandboxBot = world.bots.get(fields.get("token", "")) or next(iter(world.bots.values()))
    return Phone(world, bot, world.person(int(fields["user"])))


async def _form(request: web.Request) -> tuple[dict[str, str], list[Sent]]:
    if request.content_type == "application/json":
        return _read_json(await request.json())
    fields: dict[str, str] = {}
    files = []
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            kind = value.content_type or "application/octet-stream"
            files.append(Sent(value.filename, value.file.read(), kind))
        elif isinstance(value, str):
            fields[name] = value
    return fields, files


def _read_json(told: Json) -> tuple[dict[str, str], list[Sent]]:
    """Return fields and files, whose content comes in base64."""
    files = [
        Sent(one["name"], base64.b64decode(one["content"]), one["type"])
        for one in told.pop("files", [])
    ]
    return {name: str(value) for name, value in told.items()}, files


def _as_item(shown: Shown) -> Json:
    message = shown.message
    item: Json = {
        "id": shown.id,
        "version": shown.version,
        "is_deleted": shown.is_deleted,
        "is_from_bot": shown.is_from_bot,
        "date": message["date"],
        "text": message.get("text") or message.get("caption") or "",
        "html": shown.html,
        "buttons": shown.buttons,
        "files": [_as_file(one) for one in shown.files],
        "album": message.get("media_group_id", ""),
        "quote": (message.get("reply_to_message") or {}).get("text", ""),
        "is_edited": "edit_date" in message,
    }
    return item | {"message": _without_quotes(message)}


def _as_file(stored: StoredFile) -> Json:
    return {
        "id": stored.file_id,
        "name": stored.name,
        "size": len(stored.content),
        "width": stored.width,
        "height": stored.height,
    }


def _without_quotes(message: Json) -> dict[str, Any]:
    return {name: value for name, value in message.items() if name != "reply_to_message"}
