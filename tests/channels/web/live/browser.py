"""A page's stream without a network: calls the ASGI application and reads its frames."""

import asyncio
import json
import threading
from collections.abc import Awaitable, Callable

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connections

from frontdesk.accounts.models import User
from frontdesk.channels.web.live import threads
from frontdesk.channels.web.live.app import Application

WAIT_SECONDS = 5.0


def sign_in(user: User) -> str:
    """Return the key of a session of this person."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return session.session_key


class Page:
    """One open EventSource."""

    def __init__(self, app: Application, path: str, headers: dict[str, str]) -> None:
        self.status = 0
        self.headers: dict[str, str] = {}
        self.events: asyncio.Queue[tuple[str, dict]] = asyncio.Queue()
        self._gone = asyncio.Event()
        path, _, query = path.partition("?")
        scope = {
            "type": "http",
            "method": "GET",
            "path": path,
            "query_string": query.encode(),
            "headers": [(k.encode(), v.encode()) for k, v in headers.items()],
        }
        self.task = asyncio.create_task(app(scope, self._receive, self._send))

    async def _receive(self) -> dict:
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: dict) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {k.decode(): v.decode() for k, v in message["headers"]}
            return
        for piece in message["body"].decode().split("\n\n"):
            lines = dict(line.split(": ", 1) for line in piece.splitlines() if ": " in line)
            if "event" in lines:
                told = json.loads(lines["data"])
                self.events.put_nowait((lines["event"], {**told, "id": lines.get("id")}))

    async def next(self) -> tuple[str, dict]:
        """Return the next event; fails when none comes."""
        return await asyncio.wait_for(self.events.get(), WAIT_SECONDS)

    async def until(self, kind: str) -> list[str]:
        """Return the kinds that came before this one."""
        before = []
        while (event := await self.next())[0] != kind:
            before.append(event[0])
        return before

    async def leave(self) -> None:
        """Close the page."""
        self._gone.set()
        await asyncio.wait_for(self.task, WAIT_SECONDS)


Open = Callable[..., Page]


def with_live(scene: Callable[[Application, Open], Awaitable[None]]) -> None:
    """Play a scene against a live application that listens, and clean up after it."""

    async def run() -> None:
        app = Application()
        app.listener.start()
        pages: list[Page] = []

        def open_page(
            session_key: str = "", path: str = "/live/northhost/", **headers: str
        ) -> Page:
            cookie = {"cookie": f"{settings.SESSION_COOKIE_NAME}={session_key}"}
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            pages.append(Page(app, path, {**cookie, **named}))
            return pages[-1]

        await asyncio.wait_for(app.listener.is_listening.wait(), WAIT_SECONDS)
        try:
            await scene(app, open_page)
        finally:
            for page in pages:
                await page.leave()
            await app.listener.stop()
            await _close_connections_of_threads()

    asyncio.run(run())


async def _close_connections_of_threads() -> None:
    # The barrier keeps each thread busy until all of them have come.
    barrier = threading.Barrier(threads.COUNT)

    def close() -> None:
        barrier.wait(WAIT_SECONDS)
        connections.close_all()

    await asyncio.gather(*(act(close) for _ in range(threads.COUNT)))


# Calls an action of the core from a scene.
act = threads.ask_database
