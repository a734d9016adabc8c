"""The database backend; Django finds it by this file's name."""

import itertools
import select
import time
from collections import OrderedDict
from collections.abc import Sequence
from typing import NamedTuple, Self

import psycopg
from django.db.backends.postgresql import base
from django.db.backends.utils import CursorWrapper
from psycopg.abc import Buffer
from psycopg.adapt import Loader, PyFormat, Transformer
from psycopg.pq import DiagnosticField, ExecStatus, Format, TransactionStatus
from psycopg.pq.abc import PGresult
from psycopg.types.datetime import TimestamptzBinaryLoader
from psycopg.types.net import InetBinaryLoader
from psycopg.types.string import TextBinaryLoader

# A server that is cut off, or that fell without a word, is found out after so long.
TRUSTED_SECONDS = 10.0
# Of each connection; the one that was not asked for longest makes room.
MOST_PREPARED = 100
# What was prepared is gone, or a table has other columns by now.
OUT_OF_DATE = {b"26000", b"0A000"}

_numbers = itertools.count(1)


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


class _Asked(NamedTuple):
    """A text that was prepared: as Django's log of queries reads it, and its name."""

    query: bytes
    name: bytes


class _TextOfJson(Loader):
    """Gives JSON as the text that it is, after the number of its binary form."""

    format = Format.BINARY

    def load(self, data: Buffer) -> str:
        return bytes(data)[1:].decode()


class _TextOfAddress(InetBinaryLoader):
    """Gives an address as the text that Django's fields have."""

    def load(self, data: Buffer) -> str:  # type: ignore[override]  # the library's make objects
        return str(super().load(data))


class _PreparingCursor(psycopg.RawCursor[tuple[object, ...]]):
    """Asks by the functions that wait for the answer in C.

    The library's own way is made for all that a cursor can do, and takes a prepared query longer
    than PostgreSQL does.
    """

    def __init__(self, connection: "psycopg.Connection[tuple[object, ...]]") -> None:
        super().__init__(connection)
        # Django's own is written in Python, which takes half a millisecond for a list's.
        self.adapters.register_loader("timestamptz", TimestamptzBinaryLoader)
        self.adapters.register_loader("json", TextBinaryLoader)
        self.adapters.register_loader("jsonb", _TextOfJson)
        self.adapters.register_loader("inet", _TextOfAddress)
        self._prepared: OrderedDict[tuple[str, tuple[int, ...] | None], _Asked] = OrderedDict()
        self._transformer = Transformer(self)
        self._answer: PGresult | None = None

    def execute(self, query: str, params: Sequence[object] = ()) -> Self:  # type: ignore[override]  # what Composed asks for
        """Run a text with the values of $1, $2 ...; rows are fetched by `fetchall`."""
        pgconn = self._pgconn
        if not self._conn.autocommit and pgconn.transaction_status == TransactionStatus.IDLE:
            _checked(pgconn.exec_(self._conn._get_tx_start_command()))
        answer = self._ask(query, params)
        if answer.error_field(DiagnosticField.SQLSTATE) in OUT_OF_DATE:
            self._prepared.clear()
            # In a transaction the error stands; the next one asks anew.
            if pgconn.transaction_status == TransactionStatus.IDLE:
                _checked(pgconn.exec_(b"DEALLOCATE ALL"))
                answer = self._ask(query, params)
        self._answer = _checked(answer)
        return self

    def fetchall(self) -> list[tuple[object, ...]]:
        """Return all rows."""
        assert self._answer is not None
        self._transformer.set_pgresult(self._answer)
        return self._transformer.load_rows(0, self._answer.ntuples, tuple)

    def _ask(self, query: str, params: Sequence[object]) -> PGresult:
        transformer = self._transformer
        values = transformer.dump_sequence(params, [PyFormat.AUTO] * len(params))
        asked = self._prepare(query, transformer.types)
        self._query = asked  # type: ignore[assignment]  # whose text Django reads
        # Numbers and moments in binary form need not be written and read as words.
        return self._pgconn.exec_prepared(asked.name, values, transformer.formats, Format.BINARY)  # type: ignore[arg-type]  # None is NULL

    def _prepare(self, query: str, types: tuple[int, ...] | None) -> _Asked:
        """Return the statement of a text, which depends on the types of its values."""
        kept = self._prepared
        if asked := kept.get((query, types)):
            kept.move_to_end((query, types))
            return asked
        if len(kept) >= MOST_PREPARED:
            oldest = next(iter(kept))
            _checked(self._pgconn.exec_(b"DEALLOCATE " + kept[oldest].name))
            del kept[oldest]
        asked = _Asked(query.encode(), b"frontdesk_%d" % next(_numbers))
        _checked(self._pgconn.prepare(asked.name, asked.query, types))
        kept[query, types] = asked
        return asked


def _checked(result: PGresult) -> PGresult:
    if result.status in {ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK}:
        return result
    if result.error_field(DiagnosticField.SQLSTATE):
        raise psycopg.errors.error_from_result(result)
    # What the library itself says, above all that the server hung up.
    raise psycopg.OperationalError(result.get_error_message())
