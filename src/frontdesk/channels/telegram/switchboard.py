"""Which process runs which bot, and the wakes that come from other processes."""

import json
from collections.abc import AsyncIterator
from types import TracebackType
from typing import Any, Self

import psycopg
from django.db import connection

from frontdesk.channels.telegram.waking import CHANNEL

# The first of the two numbers of our advisory locks: "tg".
LOCKS = 0x7467


class Switchboard:
    """Two connections of its own: one holds the bots' locks, one listens.

    When the first is lost, so are the locks: the caller stops its bots then.
    """

    async def __aenter__(self) -> Self:
        """Connect."""
        self._holding = await _connect()
        self._listening = await _connect()
        await self._listening.execute(f"LISTEN {CHANNEL}")
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let go of everything."""
        await self._holding.close()
        await self._listening.close()

    async def take(self, bot_id: int) -> bool:
        """Take the bot's lock, if no other process has it. Raises when the connection is lost."""
        cursor = await self._holding.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCKS, bot_id])
        row = await cursor.fetchone()
        return bool(row and row[0])

    async def give_back(self, bot_id: int) -> None:
        """Let another process run the bot."""
        await self._holding.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCKS, bot_id])

    async def check(self) -> None:
        """Raise psycopg.OperationalError when the locks are lost."""
        await self._holding.execute("SELECT 1")

    async def wakes(self) -> AsyncIterator[dict[str, Any]]:
        """Yield what other processes say."""
        async for notice in self._listening.notifies():
            try:
                words = json.loads(notice.payload)
            except ValueError:
                continue
            if isinstance(words, dict):
                yield words


async def _connect() -> "psycopg.AsyncConnection[Any]":
    given = connection.get_connection_params()
    plain = {key: value for key, value in given.items() if key not in {"cursor_factory", "context"}}
    return await psycopg.AsyncConnection.connect(**plain, autocommit=True)
