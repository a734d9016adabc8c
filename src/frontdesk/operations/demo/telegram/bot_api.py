"""The sandbox's Bot API over HTTP: /bot<token>/<method> and /file/bot<token>/<path>."""

import asyncio
import json
from typing import Any

from aiohttp import web

from frontdesk.operations.demo.telegram.failures import ApiError, Failure, Failures, too_many
from frontdesk.operations.demo.telegram.methods import METHODS, SENDING, Call
from frontdesk.operations.demo.telegram.parameters import Sent, number
from frontdesk.operations.demo.telegram.world import SandboxBot, World

WORLD = web.AppKey("world", World)
FAILURES = web.AppKey("failures", Failures)


async def call_method(request: web.Request) -> web.Response:
    """Answer one call of a bot."""
    try:
        result = await _answer(request)
    except ApiError as error:
        return web.json_response(error.as_answer(), status=error.status)
    return web.json_response({"ok": True, "result": result})


async def send_file(request: web.Request) -> web.Response:
    """Give a bot the file that getFile named."""
    world = request.app[WORLD]
    file = world.files.get(request.match_info["file_id"])
    if request.match_info["token"] not in world.bots or file is None:
        raise web.HTTPNotFound
    return web.Response(body=file.content, content_type="application/octet-stream")


async def _answer(request: web.Request) -> Any:
    world, name = request.app[WORLD], request.match_info["method"]
    bot = _bot(request)
    method = METHODS.get(name)
    if method is None:
        raise ApiError(404, "Not Found: method not found")
    fields, files = await _read(request)
    chat_id = number(fields, "chat_id")
    world.note_call(name, chat_id, fields)
    failure = request.app[FAILURES].next_for(name, chat_id)
    if failure is not None and not failure.after_doing:
        await _fail(failure)
    if name in SENDING:
        request.app[FAILURES].count_message(chat_id)
    result = await method(Call(world, bot, fields, files))
    if failure is not None and failure.after_doing:
        await _fail(failure)
    return result


def _bot(request: web.Request) -> SandboxBot:
    bot = request.app[WORLD].bots.get(request.match_info["token"])
    if bot is None:
        raise ApiError(401, "Unauthorized")
    return bot


async def _fail(failure: Failure) -> None:
    if failure.seconds:
        await asyncio.sleep(failure.seconds)
    if failure.status == 429:
        raise too_many(failure.retry_after)
    if failure.status:
        raise ApiError(failure.status, f"Asked for: {failure.status}")


async def _read(request: web.Request) -> tuple[dict[str, Any], dict[str, Sent]]:
    """Return fields and files, from the query, a form, a multipart form or JSON."""
    fields: dict[str, Any] = dict(request.query)
    files: dict[str, Sent] = {}
    if request.content_type == "application/json":
        try:
            return fields | await request.json(), files
        except json.JSONDecodeError:
            raise ApiError(400, "Bad Request: can't parse JSON") from None
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            kind = value.content_type or "application/octet-stream"
            files[name] = Sent(value.filename, value.file.read(), kind)
        else:
            fields[name] = value
    return fields, files
