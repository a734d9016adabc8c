"""Writes records by texts composed once: to compose one takes longer than to run it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection
from django.db.models import Field, Model

from frontdesk.shared.composed import Composed

# Texts of several writes in one.
MOST_KEPT = 200


@dataclass(frozen=True, slots=True)
class _Insert:
    """The text that inserts a record of a model, and the fields whose values it takes."""

    sql: str
    fields: tuple["Field[Any, Any]", ...]
    as_given: frozenset[str]

    def values(self, record: Model) -> list[Any]:
        """Return the values of a record in the order of the text."""
        return [
            value if field.attname in self.as_given else field.get_db_prep_save(value, connection)
            for field in self.fields
            for value in [getattr(record, field.attname)]
        ]


def insert(record: Model, **by_sql: str) -> None:
    """Insert a new record now; `by_sql` as in `inserting`. Its id is read back into it."""
    step = inserting(record, **by_sql)
    [(record.pk,)] = Composed(f"{step.sql} RETURNING {record._meta.pk.column}", step.values).rows()


def inserting(record: Model, **by_sql: str) -> Composed:
    """Return what inserts a new record, to be run by `rows_of_steps`; it counts as inserted.

    `by_sql` says in SQL what goes into a column, with a `%s` for the record's value as it is.
    An id that is not set is the database's to give.
    """
    text = _insert_of(type(record), has_id=record.pk is not None, **by_sql)
    values = text.values(record)
    record._state.adding, record._state.db = False, DEFAULT_DB_ALIAS
    return Composed(text.sql, values)


@cache
def _insert_of(model: type[Model], *, has_id: bool, **by_sql: str) -> _Insert:
    """Return how a record of the model is inserted; `by_sql` as in `inserting`."""
    given = [field for field in model._meta.concrete_fields if has_id or not field.primary_key]
    marks = [by_sql.get(field.attname, "%s") for field in given]
    columns = ", ".join(f'"{field.column}"' for field in given)
    return _Insert(
        f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES ({", ".join(marks)})',  # noqa: S608 - names and marks of ours
        tuple(field for field, mark in zip(given, marks, strict=True) if "%s" in mark),
        frozenset(by_sql),
    )


def update(record: Model, *names: str) -> None:
    """Write these fields of a record now, as `save(update_fields=names)` does.

    Raises DatabaseError when its row is gone.
    """
    step = updating(record, *names)
    if not Composed(f"{step.sql} RETURNING true", step.values).rows():
        raise DatabaseError(f"{record} is gone")


def updating(record: Model, *names: str) -> Composed:
    """Return what writes these fields of a record, to be run by `rows_of_steps`; its row is
    locked by the caller, so that it is there."""
    text, fields = _update_of(type(record), names)
    values = [
        field.get_db_prep_save(getattr(record, field.attname), connection) for field in fields
    ]
    return Composed(text, [*values, record.pk])


def rows_of_steps(steps: Sequence[Composed], result: str) -> list[tuple[Any, ...]]:
    """Run several writes as one statement, and return what `result`, some SQL, selects from
    `last`, which has the `id` of the row that the last of them wrote.

    None sees what another wrote, and none may touch a row that another does.
    """
    text = _text_of_steps(tuple(step.sql for step in steps), result)
    return Composed(text, [value for step in steps for value in step.values]).rows()


@lru_cache(maxsize=MOST_KEPT)
def _text_of_steps(texts: tuple[str, ...], result: str) -> str:
    first = (f"step_{place} AS ({text})" for place, text in enumerate(texts[:-1]))
    return f"WITH {', '.join([*first, f'last AS ({texts[-1]} RETURNING id)'])} {result}"


@cache
def _update_of(
    model: type[Model], names: tuple[str, ...]
) -> tuple[str, tuple["Field[Any, Any]", ...]]:
    by_name = {field.name: field for field in model._meta.concrete_fields}
    fields = tuple(by_name[name] for name in names)
    settings = ", ".join(f'"{field.column}" = %s' for field in fields)
    table, key = model._meta.db_table, model._meta.pk.column
    text = f'UPDATE "{table}" SET {settings} WHERE "{key}" = %s'  # noqa: S608 - names of ours
    return text, fields
