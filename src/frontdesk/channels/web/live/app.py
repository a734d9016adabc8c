"""The live process: an ASGI application that tells open pages what changed.

Protocol, for the scripts of our pages:

`GET <LIVE_URL><provider slug>/` with the session cookie answers `text/event-stream`. Each event
is `event: <kind>` with `data: {"ticket": 1042, "kind": "staff_replied", "event": 77}`: ids only,
the page fetches what changed with its reader's own rights. `kind` is one of the core's EventKind,
or `presence` (a colleague came, writes, or left; staff only), `notified` (a new row in the
reader's Notifications), or one of these three, whose ids are null:

* `ready`: from here on nothing is missed;
* `reset`: events may have been missed, fetch everything that is shown;
* `signed_out`: the session ended; the stream closes and a new one answers 401.

Events with a number carry it as `id:`. A browser that reconnects sends the last one as
`Last-Event-ID`; a new EventSource may say `?after=<number>` instead, or `?since=<milliseconds>`,
the moment at which its page was asked for. What was missed follows before `ready`, or `reset`
when it is too much. Every 15 to 20 seconds a comment keeps proxies awake.

401: sign in; 403: foreign origin; 404: no such provider for this person; 429: more than 20
streams of one person; 503: the database is away.
"""

import asyncio
import os
import signal
from http.cookies import CookieError, SimpleCookie

from django.conf import settings
from django.http import QueryDict

from frontdesk.channels.web.live.asgi import Receive, Scope, Send, answer
from frontdesk.channels.web.live.hub import Hub
from frontdesk.channels.web.live.listener import Listener
from frontdesk.channels.web.live.lookups import Lookups
from frontdesk.channels.web.live.origins import allowed_origins
from frontdesk.channels.web.live.stream import Caller, House, serve_stream

PREFIX = "/live/"
LONGEST_SESSION_KEY, LONGEST_QUERY = 40, 200
STOP_STEPS, STOP_STEP_SECONDS = 25, 0.02


class Application:
    """One process's worth of open pages and the connection that wakes them."""

    def __init__(self) -> None:
        self.hub = Hub()
        self.house = House(self.hub, Lookups())
        self.listener = Listener(self.hub)
        self._stopping: asyncio.Task[None] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one connection, or follow the server's life."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._http(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        self.listener.start()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, self._told_to_stop)
        await send({"type": "lifespan.startup.complete"})
        while (await receive())["type"] != "lifespan.shutdown":
            pass
        await self.listener.stop()
        await send({"type": "lifespan.shutdown.complete"})

    def _told_to_stop(self) -> None:
        # Held, or it would be forgotten before it is done.
        self._stopping = asyncio.create_task(self._end_streams_first())

    async def _end_streams_first(self) -> None:
        """A server that is told to stop waits for its answers to end, and ours have no end."""
        await self.listener.stop()
        for _ in range(STOP_STEPS):
            if not self.hub.readers:
                break
            await asyncio.sleep(STOP_STEP_SECONDS)
        # The signal was meant for the server: it takes this one in its place.
        os.kill(os.getpid(), signal.SIGINT)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope["path"]
        headers = {name.lower(): value for name, value in scope["headers"]}
        if path == "/healthz":
            await answer(send, 200, "ok\n")
        elif path == "/readyz":
            is_ready = self.listener.is_listening.is_set()
            await answer(send, 200 if is_ready else 503, "ok\n" if is_ready else "database\n")
        elif not path.startswith(PREFIX) or scope["method"] != "GET":
            await answer(send, 404 if scope["method"] == "GET" else 405)
        elif (origin := headers.get(b"origin", b"").decode("latin-1")) and (
            origin not in allowed_origins()
        ):
            await answer(send, 403)
        else:
            caller = _caller(path, scope["query_string"], headers, origin)
            self.listener.start()
            await serve_stream(self.house, caller, receive=receive, send=send)


def _caller(path: str, query: bytes, headers: dict[bytes, bytes], origin: str) -> Caller:
    asked = QueryDict(query[:LONGEST_QUERY])
    last = headers.get(b"last-event-id", b"").decode("latin-1") or asked.get("after", "")
    since = _number(asked.get("since", ""))
    return Caller(
        slug=path.removeprefix(PREFIX).strip("/"),
        session_key=_session_key(headers.get(b"cookie", b"").decode("latin-1")),
        origin=origin,
        last_event_id=_number(last),
        page_asked_at=since / 1000 if since else None,
    )


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _session_key(cookie: str) -> str:
    try:
        morsel = SimpleCookie(cookie).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return ""
    return morsel.value[:LONGEST_SESSION_KEY] if morsel else ""


application = Application()
