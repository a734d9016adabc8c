"""Queries whose text is composed once and run often.

Django takes longer to compose the SQL of a busy page than PostgreSQL to answer it. Where the
text depends only on who asks and on where he is, it is kept; what differs from one run to the
next (a number, a word, a moment) stands in it as a mark, and is put in when it runs. PostgreSQL
keeps them too, as prepared statements: to plan one takes it longer than to run it.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model, QuerySet

Record = TypeVar("Record", bound=Model)

# Values that no real query has.
SOME_NUMBER = -4_611_686_018_427_387_847
OTHER_NUMBER = SOME_NUMBER + 1
SOME_TEXT = "\x01some text\x01"
SOME_MOMENT = datetime(1, 1, 2, 3, 4, 5, 6, tzinfo=UTC)

# Where a value stands in a text of Django's, and what a code of ours looks like.
MARK = re.compile(r"%(?:\((?P<name>\w+)\))?s|%%")
CODE = re.compile("[a-z_]+")
# Texts that are remembered as PostgreSQL reads them.
MOST_TEXTS = 2_000


@dataclass(frozen=True, slots=True)
class Composed:
    """The text of a query and its values, some of which may be marks; or its values by names."""

    sql: str
    values: Sequence[Any] | Mapping[str, Any]

    def rows(self, marks: Mapping[object, object] | None = None) -> list[tuple[Any, ...]]:
        """Run it with the marks filled in; rows are as the database gives them, JSON as text."""
        if not self.sql:
            return []
        text, names = _numbered(self.sql)
        values = self.values
        if isinstance(values, Mapping):
            values = [values[name] for name in names]
        elif marks:
            values = [_filled(value, marks) for value in values]
        cursor = connection.preparing_cursor()  # type: ignore[attr-defined]  # our own backend's
        cursor.execute(text, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def with_sql(query: Composed, mark: object, sql: str) -> Composed:
    """Return the query with SQL of ours, such as the name of a column, where a mark stands."""
    return _with_sql(query, lambda value: sql if value == mark else None)


def together(one: Composed, other: Composed, columns: Mapping[object, str]) -> Composed:
    """Return a query of each row of one with all rows that the other has for it, or with nulls.

    `columns` says which column of the one stands where the other has a mark.
    """
    for mark, column in columns.items():
        other = with_sql(other, mark, f"one.{column}")
    sql = f"SELECT * FROM ({one.sql}) AS one LEFT JOIN LATERAL ({other.sql}) AS other ON true"  # noqa: S608 - both ours
    return Composed(sql, (*one.values, *other.values))


def compose(query: QuerySet[Any, Any]) -> Composed:
    """Return the text of a query of plain values (`values_list`); empty if it cannot find any."""
    try:
        sql, values = query.query.sql_with_params()
    except EmptyResultSet:
        return Composed("", ())
    return _with_sql(Composed(sql, values), _code_in_sql)


def _code_in_sql(value: object) -> str | None:
    """Return a code, such as a status, as it stands in the text of a query.

    PostgreSQL plans the text once for all values. An index of the tickets of one status serves
    only where the text says which status it is about.
    """
    return f"'{value}'" if isinstance(value, str) and CODE.fullmatch(value) else None


def _with_sql(query: Composed, sql_of: Callable[[object], str | None]) -> Composed:
    """Return the query with SQL in the place of each value that has one."""
    values = iter(query.values)
    kept: list[Any] = []

    def put(place: re.Match[str]) -> str:
        if place[0] == "%%":
            return "%%"
        value = next(values)
        sql = sql_of(value)
        if sql is None:
            kept.append(value)
        return place[0] if sql is None else sql

    return Composed(MARK.sub(put, query.sql), tuple(kept))


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


@lru_cache(maxsize=MOST_TEXTS)
def _numbered(sql: str) -> tuple[str, tuple[str, ...]]:
    """Return the text as PostgreSQL reads it, with $1, $2 ...; and the names that these have."""
    names: list[str] = []

    def number(mark: re.Match[str]) -> str:
        name = mark["name"]
        if mark[0] == "%%":
            return "%"
        if not name or name not in names:
            names.append(name or "")
            return f"${len(names)}"
        return f"${names.index(name) + 1}"

    return MARK.sub(number, sql), tuple(names)


def _filled(value: Any, marks: Mapping[object, object]) -> Any:
    return marks.get(value, value) if isinstance(value, int | str | datetime) else value
