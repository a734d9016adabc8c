"""Takes indexes and foreign keys off while many rows come in, and builds them again at once.

Everything happens in the caller's transaction: if it is cut off, nothing has changed.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, models

INDEXES = """
SELECT indexname, indexdef FROM pg_indexes
WHERE schemaname = current_schema AND tablename = %s
AND indexname NOT IN (SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass)
"""
FOREIGN_KEYS = """
SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE conrelid = %s::regclass AND contype = 'f'
"""


@contextmanager
def built_afterwards(filled: Iterable[type[models.Model]]) -> Iterator[None]:
    """Run the block without the tables' indexes and foreign keys, then build and check them.

    Others who use the tables wait until the transaction ends.
    """
    tables = [model._meta.db_table for model in filled]
    keys = {table: _rows(FOREIGN_KEYS, table) for table in tables}
    indexes = {table: _rows(INDEXES, table, table) for table in tables}
    for table in tables:
        for name, _definition in keys[table]:
            _run(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        for name, _definition in indexes[table]:
            _run(f'DROP INDEX "{name}"')
    yield
    _run("SET LOCAL maintenance_work_mem = '512MB'")
    for table in tables:
        for _name, definition in indexes[table]:
            _run(definition)
    for table in tables:
        for name, definition in keys[table]:
            _run(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')


def _rows(sql: str, *parameters: str) -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [(name, definition) for name, definition in cursor.fetchall()]


def _run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
