"""One open page's stream, from its first byte to its last."""

import asyncio
import random
from dataclasses import dataclass

from django.db import DatabaseError

from frontdesk.channels.web.live.asgi import Receive, Send, answer, begin, push
from frontdesk.channels.web.live.frames import BEAT, OPENING, READY
from frontdesk.channels.web.live.hub import Hub, Reader
from frontdesk.channels.web.live.lookups import Lookups
from frontdesk.channels.web.live.replay import missed
from frontdesk.channels.web.live.threads import ask_database

MOST_STREAMS = 20
BEAT_SECONDS = (15.0, 20.0)
# How long the network may take for one piece before the page counts as gone.
SEND_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Caller:
    """What a request says of itself; nothing of it is believed before it is looked up."""

    slug: str
    session_key: str
    origin: str
    last_event_id: int | None
    page_asked_at: float | None


@dataclass(frozen=True, slots=True)
class House:
    """What the streams of a process share."""

    hub: Hub
    lookups: Lookups


async def serve_stream(house: House, caller: Caller, *, receive: Receive, send: Send) -> None:
    """Answer with the stream, or with the reason why not."""
    cors, hub = _cors(caller.origin), house.hub
    try:
        audience = await house.lookups.ask((caller.session_key, caller.slug))
    except DatabaseError:
        audience = 503
    if isinstance(audience, int):
        await answer(send, audience, headers=cors)
        return
    if hub.streams_of_user[audience.user_id] >= MOST_STREAMS:
        await answer(send, 429, headers=[(b"retry-after", b"60"), *cors])
        return
    reader = Reader(audience, session_key=caller.session_key, slug=caller.slug)
    hub.join(reader)
    gone = asyncio.ensure_future(_wait_until_gone(reader, receive))
    try:
        await begin(send, 200, [(b"content-type", b"text/event-stream"), *cors])
        await _run(hub, reader, caller, send)
    except TimeoutError:
        # The page's network takes nothing any more.
        pass
    finally:
        gone.cancel()
        hub.leave(reader)


def _cors(origin: str) -> list[tuple[bytes, bytes]]:
    if not origin:
        return []
    return [
        (b"access-control-allow-origin", origin.encode("latin-1")),
        (b"access-control-allow-credentials", b"true"),
        (b"vary", b"Origin"),
    ]


async def _run(hub: Hub, reader: Reader, caller: Caller, send: Send) -> None:
    # The reader has joined already: what happens while we look waits in his queue, and may
    # come a second time, which only makes a page fetch the same once more.
    opening = OPENING
    if caller.last_event_id is not None:
        opening += b"".join(await ask_database(missed, reader.audience, caller.last_event_id))
    elif caller.page_asked_at is not None:
        opening += b"".join(hub.since(caller.page_asked_at, reader.audience))
    await push(send, opening + READY)
    while not reader.is_over or not reader.frames.empty():
        piece = await _next_piece(reader)
        await asyncio.wait_for(push(send, piece), SEND_SECONDS)
    await send({"type": "http.response.body", "body": b""})


async def _next_piece(reader: Reader) -> bytes:
    """Return all that waits, or a comment when nothing happens for a while."""
    seconds = random.uniform(*BEAT_SECONDS)  # noqa: S311 - spreads the beats, hides nothing
    try:
        piece = await asyncio.wait_for(reader.frames.get(), seconds)
    except TimeoutError:
        return BEAT
    while not reader.frames.empty():
        piece += reader.frames.get_nowait()
    return piece


async def _wait_until_gone(reader: Reader, receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    reader.end()
