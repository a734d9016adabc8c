"""The database backend; Django finds it by this file's name."""

import select
import time
from typing import TYPE_CHECKING

import psycopg
from django.db.backends.postgresql import base
from django.db.backends.utils import CursorWrapper
from psycopg.types.datetime import TimestamptzLoader

if TYPE_CHECKING:
    from psycopg._preparing import Prepare
    from psycopg._queries import PostgresQuery

# A server that is cut off, or that fell without a word, is found out after so long.
TRUSTED_SECONDS = 10.0


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, which does not ask at each request whether the server is still there.

    A server says nothing of itself to a connection that waits, unless it hangs up: where it
    answered lately and nothing can be read, no question is sent there and back.
    """

    _answered_at = float("-inf")
    _preparing: "_PreparingCursor | None" = None

    def init_connection_state(self) -> None:
        """Set up a new connection: what is prepared is planned once, not for each value.

        PostgreSQL's own guess goes by costs and planned some queries anew each time, for longer
        than they run. Ours read along an index, whatever the values are.
        """
        super().init_connection_state()
        with self.cursor() as cursor:
            cursor.execute("SET plan_cache_mode = force_generic_plan")

    def preparing_cursor(self) -> CursorWrapper:
        """Return a cursor that has each text prepared the first time it is seen.

        Its values stand as $1, $2 ...; rows come as the database gives them, moments in UTC, JSON
        as text. It is Django's own for all else: it counts, logs and names the errors. There is
        one for each connection: fetch all of a query's rows before the next one.
        """
        self.close_if_health_check_failed()
        self.ensure_connection()
        assert self.connection is not None
        raw = self._preparing
        if raw is None or raw.connection is not self.connection:
            raw = self._preparing = _PreparingCursor(self.connection)
            # Django's own is written in Python, which takes half a millisecond for a list's.
            raw.adapters.register_loader("timestamptz", TimestamptzLoader)
        cursor: CursorWrapper = self._prepare_cursor(raw)  # type: ignore[attr-defined]
        return cursor

    def is_usable(self) -> bool:
        """Return whether the connection can be used for the next query."""
        raw = self.connection
        if raw is None or raw.closed:
            return False
        unread = select.poll()
        unread.register(raw.fileno(), select.POLLIN)
        is_lately = time.monotonic() - self._answered_at < TRUSTED_SECONDS
        if is_lately and not unread.poll(0):
            return True
        is_there = bool(super().is_usable())
        if is_there:
            self._answered_at = time.monotonic()
        return is_there


class _PreparingCursor(psycopg.RawCursor[tuple[object, ...]]):
    def _get_prepared(
        self, pgq: "PostgresQuery", prepare: bool | None = None
    ) -> "tuple[Prepare, bytes]":
        self._query = pgq  # for Django's log of queries
        return super()._get_prepared(pgq, prepare=True)
