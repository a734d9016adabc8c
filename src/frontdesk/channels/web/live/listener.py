"""The one connection on which PostgreSQL wakes this process, and the minute's round of rights."""

import asyncio
import json
from typing import Any

import psycopg
import structlog
from django.conf import settings
from psycopg.conninfo import make_conninfo

from frontdesk.channels.web.live.frames import SIGNED_OUT
from frontdesk.channels.web.live.hub import Hub, Reader
from frontdesk.channels.web.live.lookups import look_up
from frontdesk.channels.web.live.threads import ask_database
from frontdesk.support.models import Event, EventKind
from frontdesk.support.record import LIVE_CHANNEL

RECHECK_SECONDS = 60
RECHECK_AT_ONCE = 200
# How long a silent connection is believed to be alive.
SILENCE_SECONDS = 20
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.1, 5.0

log = structlog.get_logger(__name__)


class Listener:
    """Feeds a hub from LISTEN, and takes rights away from who lost them."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self.is_listening = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Begin to listen, unless that has begun already."""
        if not self._tasks:
            self._tasks = [asyncio.create_task(self._listen()), asyncio.create_task(self._watch())]

    async def stop(self) -> None:
        """Stop listening and end every stream."""
        for reader in list(self.hub.readers):
            reader.end()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks = []

    async def _listen(self) -> None:
        pause = FIRST_PAUSE_SECONDS
        while True:
            try:
                async with await connect() as connection:
                    await connection.execute(f"LISTEN {LIVE_CHANNEL}".encode())
                    # Whoever is here already may have missed what happened before.
                    self.hub.begin_anew()
                    self.is_listening.set()
                    pause = FIRST_PAUSE_SECONDS
                    await self._follow(connection)
            except Exception as error:  # whatever it was, the pages must be woken again
                log.warning("live_listen_lost", error=type(error).__name__)
            self.is_listening.clear()
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE_SECONDS)

    async def _follow(self, connection: psycopg.AsyncConnection[Any]) -> None:
        while True:
            async for notice in connection.notifies(timeout=SILENCE_SECONDS):
                await self._take(notice.payload)
            # A connection that died without a word is found by asking it something.
            await connection.execute("SELECT 1")

    async def _take(self, text: str) -> None:
        try:
            payload = json.loads(text)
            if payload["kind"] == EventKind.SETTINGS_CHANGED:
                await self.recheck(self._readers_at(payload["provider"]))
                return
            if payload["kind"] == EventKind.TICKET_TRANSFERRED:
                payload["left_department"] = await ask_database(left_department, payload["event"])
            self.hub.dispatch(payload)
        except (ValueError, KeyError, TypeError):
            # Whoever may NOTIFY in this database must not be able to stop the process.
            log.warning("live_payload_refused")

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(RECHECK_SECONDS)
            try:
                await self.recheck(list(self.hub.readers))
            except Exception:
                log.exception("live_recheck_failed")

    def _readers_at(self, provider_id: int) -> list[Reader]:
        return [r for r in self.hub.readers if r.audience.provider_id == provider_id]

    async def recheck(self, readers: list[Reader]) -> None:
        """Look again at the sessions and rights of these readers, some hundreds at a time."""
        for start in range(0, len(readers), RECHECK_AT_ONCE):
            some = readers[start : start + RECHECK_AT_ONCE]
            found = await ask_database(look_up, {(r.session_key, r.slug) for r in some})
            for reader in some:
                audience = found[reader.session_key, reader.slug]
                if isinstance(audience, int):
                    reader.end(SIGNED_OUT)
                else:
                    self.hub.change(reader, audience)


def left_department(event_id: int) -> int | None:
    """Return the department that a handed-over ticket came from."""
    data = Event.objects.filter(pk=event_id).values_list("data", flat=True).first() or {}
    return data.get("from")


async def connect() -> psycopg.AsyncConnection[Any]:
    """Open a connection of our own to the database that Django uses."""
    database = settings.DATABASES["default"]
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password"}
    names |= {"HOST": "host", "PORT": "port"}
    told = {names[key]: value for key, value in database.items() if key in names and value}
    told |= {k: v for k, v in database.get("OPTIONS", {}).items() if isinstance(v, str)}
    told |= {"application_name": "frontdesk live", "keepalives_idle": "30"}
    return await psycopg.AsyncConnection.connect(make_conninfo(**told), autocommit=True)
