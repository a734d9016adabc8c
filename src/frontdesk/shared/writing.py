"""Writes records by texts composed once: to compose one takes longer than to run it."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection
from django.db.models import Field, Model

from frontdesk.shared.composed import Composed


@dataclass(frozen=True, slots=True)
class Insert:
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


def insert(record: Model, *, returning: str, **by_sql: str) -> None:
    """Insert a new record; the `returning` column is read back into it.

    `by_sql` says in SQL what goes into a column: `%s` in it is the record's value as it is, and
    without one the record's value is not used. An id that is not set is the database's to give.
    """
    text = insert_of(type(record), has_id=record.pk is not None, **by_sql)
    query = Composed(f"{text.sql} RETURNING {returning}", text.values(record))
    [(value,)] = query.rows()
    setattr(record, returning, value)
    record._state.adding, record._state.db = False, DEFAULT_DB_ALIAS


@cache
def insert_of(model: type[Model], *, has_id: bool, **by_sql: str) -> Insert:
    """Return how a record of the model is inserted; `by_sql` as in `insert`."""
    given = [field for field in model._meta.concrete_fields if has_id or not field.primary_key]
    marks = [by_sql.get(field.attname, "%s") for field in given]
    columns = ", ".join(f'"{field.column}"' for field in given)
    return Insert(
        f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES ({", ".join(marks)})',  # noqa: S608 - names and marks of ours
        tuple(field for field, mark in zip(given, marks, strict=True) if "%s" in mark),
        frozenset(by_sql),
    )


def update(record: Model, *names: str) -> None:
    """Write these fields of a record, as `save(update_fields=names)` does.

    Raises DatabaseError when its row is gone.
    """
    text, fields = _update_of(type(record), names)
    values = [
        field.get_db_prep_save(getattr(record, field.attname), connection) for field in fields
    ]
    if not Composed(text, [*values, record.pk]).rows():
        raise DatabaseError(f"{record} is gone")


@cache
def _update_of(
    model: type[Model], names: tuple[str, ...]
) -> tuple[str, tuple["Field[Any, Any]", ...]]:
    by_name = {field.name: field for field in model._meta.concrete_fields}
    fields = tuple(by_name[name] for name in names)
    settings = ", ".join(f'"{field.column}" = %s' for field in fields)
    table, key = model._meta.db_table, model._meta.pk.column
    text = f'UPDATE "{table}" SET {settings} WHERE "{key}" = %s RETURNING "{key}"'  # noqa: S608 - names of ours
    return text, fields
