"""Queries whose text is composed once and run often.

Django takes longer to compose the SQL of a busy page than PostgreSQL to answer it. Where the
text depends only on who asks and on where he is, it is kept; what differs from one run to the
next (a number, a word, a moment) stands in it as a mark, and is put in when it runs. PostgreSQL
keeps them too, as prepared statements: to plan one takes it longer than to run it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import psycopg
from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.backends.utils import CursorWrapper
from django.db.models import Model, QuerySet
from psycopg.types.datetime import TimestamptzLoader

if TYPE_CHECKING:
    from psycopg._preparing import Prepare
    from psycopg._queries import PostgresQuery

Record = TypeVar("Record", bound=Model)

# Values that no real query has.
SOME_NUMBER = -4_611_686_018_427_387_847
OTHER_NUMBER = SOME_NUMBER + 1
SOME_TEXT = "\x01some text\x01"
SOME_MOMENT = datetime(1, 1, 2, 3, 4, 5, 6, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Composed:
    """The text of a query and its values, some of which may be marks; or its values by names."""

    sql: str
    values: Sequence[Any] | Mapping[str, Any]

    def rows(self, marks: Mapping[object, object] | None = None) -> list[tuple[Any, ...]]:
        """Run it with the marks filled in; rows are as the database gives them, JSON as text."""
        if not self.sql:
            return []
        values = self.values
        if marks:
            values = [_filled(value, marks) for value in values]
        with _prepared_cursor() as cursor:
            cursor.execute(self.sql, values)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def compose(query: QuerySet[Any, Any]) -> Composed:
    """Return the text of a query of plain values (`values_list`); empty if it cannot find any."""
    try:
        sql, values = query.query.sql_with_params()
    except EmptyResultSet:
        return Composed("", ())
    return Composed(sql, values)


@cache
def names_of(model: type[Model], path: str = "") -> tuple[str, ...]:
    """Return the names of a model's columns for `values_list`, reached by a path."""
    return tuple(f"{path}{field.attname}" for field in model._meta.concrete_fields)


def records_in(row: tuple[Any, ...], *models: type[Model]) -> list[Any]:
    """Return the row with the columns of each model made into a record, None where none was found.

    The columns come in the order of `models`, each by `names_of`; the rest follows as it is.
    """
    parts: list[Any] = []
    for model in models:
        names = names_of(model)
        columns, row = row[: len(names)], row[len(names) :]
        is_there = columns[0] is not None
        parts.append(model.from_db(DEFAULT_DB_ALIAS, names, columns) if is_there else None)
    return [*parts, *row]


@dataclass(frozen=True, slots=True)
class ComposedRecords(Generic[Record]):
    """A query that is composed once and loads whole records."""

    query: Composed
    model: type[Record]

    def first(self, marks: Mapping[object, object]) -> Record | None:
        """Return the first record with the marks filled in; JSON in it is text."""
        rows = self.query.rows(marks)
        record: Record | None = records_in(rows[0], self.model)[0] if rows else None
        return record


def compose_records(query: "QuerySet[Record]") -> ComposedRecords[Record]:
    """Return the query as a text that loads its records whole."""
    return ComposedRecords(compose(query.values_list(*names_of(query.model))), query.model)


class _PreparedCursor(psycopg.Cursor[tuple[Any, ...]]):
    """Sends values beside the text, and has the text prepared the first time it is seen."""

    def _get_prepared(
        self, pgq: "PostgresQuery", prepare: bool | None = None
    ) -> "tuple[Prepare, bytes]":
        self._query = pgq  # for Django's log of queries
        return super()._get_prepared(pgq, prepare=True)


def _prepared_cursor() -> CursorWrapper:
    """Return a cursor of Django's own, which counts and logs, over one that prepares."""
    connection.ensure_connection()
    raw = _PreparedCursor(connection.connection)
    # Django's own is written in Python, which takes half a millisecond for a list's moments.
    raw.adapters.register_loader("timestamptz", TimestamptzLoader)
    cursor: CursorWrapper = connection._prepare_cursor(raw)  # type: ignore[attr-defined]
    return cursor


def _filled(value: Any, marks: Mapping[object, object]) -> Any:
    return marks.get(value, value) if isinstance(value, int | str | datetime) else value
