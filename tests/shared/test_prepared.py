"""Composed queries are prepared: planned once a connection, and seen by whoever counts."""

import json

import pytest
from django.apps import apps
from django.db import (
    DatabaseError,
    IntegrityError,
    OperationalError,
    ProgrammingError,
    connection,
    transaction,
)
from django.test.utils import CaptureQueriesContext

from frontdesk.accounts.models import Provider
from frontdesk.shared.composed import SOME_NUMBER, Composed, _numbered, compose
from frontdesk.shared.postgresql import base
from tests.people import House


def prepared_statements() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements WHERE NOT from_sql")
        return [row[0] for row in cursor.fetchall()]


def test_a_composed_query_is_prepared_once_for_all_its_values(house: House) -> None:
    query = compose(Provider.objects.filter(pk=SOME_NUMBER).values_list("slug"))

    found = [query.rows({SOME_NUMBER: one.pk}) for one in (house.north, house.south)]

    assert found == [[("northhost",)], [("southcloud",)]]
    assert prepared_statements().count(_numbered(query.sql)[0]) == 1


# A value of each type that our columns have, and of those that queries make.
VALUES = {
    "bigint": "9223372036854775807",
    "bigint[]": "array[1, null, -3]",
    "boolean": "false",
    "bytea": "'\\x00ff'",
    "date": "'2026-11-30'",
    "date[]": "array['2026-11-30'::date]",
    "inet": "'2001:db8::1'",
    "integer": "'-2147483648'",
    "json": """'{"a": [1, "é"]}'""",
    "jsonb": """'{"a": [1, "é"]}'""",
    "numeric": "'-12345678901234567890.1230'",
    "smallint": "7",
    "text": "'é \u2028'",
    "text[]": """array['a', null, 'b "c"']""",
    "timestamp with time zone": "'2026-11-30 09:10:11.000012+05:45'",
    "varchar": "''",
}


@pytest.mark.parametrize("kind", VALUES)
@pytest.mark.django_db
def test_a_value_comes_as_django_reads_it(kind: str) -> None:
    sql = f"SELECT {VALUES[kind]}::{kind}, NULL::{kind}"
    with connection.cursor() as cursor:
        cursor.execute(sql)
        [(value, nothing)] = cursor.fetchall()

    [(found, empty)] = Composed(sql.replace("%", "%%"), ()).rows()

    if kind == "json":  # Django has no field for it, and its cursor reads it
        found = json.loads(found)
    # As text too: of 1.23 and 1.230 one is as much as the other.
    assert (found, type(found), str(found), empty) == (value, type(value), str(value), nothing)


def test_a_value_of_each_type_that_our_columns_have_is_read() -> None:
    fields = [field for model in apps.get_models() for field in model._meta.concrete_fields]
    kinds = {(field.db_type(connection) or "").split("(")[0] for field in fields}

    # What is made for searching is never read.
    assert kinds - {"", "tsvector"} <= {*VALUES}


def test_what_django_composes_itself_is_not_prepared(house: House) -> None:
    before = prepared_statements()

    for _round in range(8):
        Provider.objects.get(slug="northhost")

    assert prepared_statements() == before


def test_a_prepared_query_is_counted_as_any_other(house: House) -> None:
    query = compose(Provider.objects.filter(pk=SOME_NUMBER).values_list("slug"))

    with CaptureQueriesContext(connection) as counted:
        query.rows({SOME_NUMBER: house.north.pk})

    assert len(counted) == 1
    assert "accounts_provider" in counted[0]["sql"]


def test_it_is_planned_once_and_not_for_each_value(house: House) -> None:
    query = compose(Provider.objects.filter(pk=SOME_NUMBER).values_list("time_zone", "hue"))

    for one in (house.north, house.south, house.north):
        query.rows({SOME_NUMBER: one.pk})

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT generic_plans, custom_plans FROM pg_prepared_statements WHERE statement = %s",
            [_numbered(query.sql)[0]],
        )
        assert cursor.fetchall() == [(3, 0)]


@pytest.mark.django_db(transaction=True)
def test_of_many_texts_the_one_not_asked_for_longest_makes_room(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    connection.close()
    monkeypatch.setattr(base, "MOST_PREPARED", 2)
    Composed("SELECT 'first', %s::int", (1,)).rows()
    Composed("SELECT 'second', %s::int", (1,)).rows()
    Composed("SELECT 'first', %s::int", (2,)).rows()

    assert Composed("SELECT 'third', %s::int", (3,)).rows() == [("third", 3)]

    kept = "\n".join(prepared_statements())
    assert "'first'" in kept
    assert "'second'" not in kept
    assert Composed("SELECT 'second', %s::int", (4,)).rows() == [("second", 4)]


def test_nothing_is_a_value_too(db: None) -> None:
    assert Composed("SELECT %s::text, %s::int", (None, 5)).rows() == [(None, 5)]


@pytest.mark.parametrize(
    ("sql", "kind"),
    [
        ("SELECT no_such_column", ProgrammingError),
        ("INSERT INTO accounts_user (id) VALUES (NULL) RETURNING id", IntegrityError),
    ],
)
def test_an_error_is_named_as_django_names_it(db: None, sql: str, kind: type[Exception]) -> None:
    with pytest.raises(kind), transaction.atomic():
        Composed(sql, ()).rows()

    assert Composed("SELECT 1", ()).rows() == [(1,)]


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_begins_with_a_prepared_query_is_undone_whole() -> None:
    insert = Composed(
        "INSERT INTO django_session (session_key, session_data, expire_date)"
        " VALUES ('undone', '', now()) RETURNING session_key",
        (),
    )

    with transaction.atomic():
        assert insert.rows() == [("undone",)]
        transaction.set_rollback(True)

    assert Composed("SELECT count(*) FROM django_session", ()).rows() == [(0,)]


@pytest.mark.django_db(transaction=True)
def test_a_server_that_hangs_up_in_the_midst_is_an_operational_error() -> None:
    Composed("SELECT 1", ()).rows()

    with pytest.raises(OperationalError):
        Composed("SELECT pg_terminate_backend(pg_backend_pid())", ()).rows()
    connection.close()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "change", ["ALTER TABLE django_session ADD COLUMN extra int", "DEALLOCATE ALL"]
)
def test_what_is_out_of_date_is_prepared_anew(change: str) -> None:
    query = Composed("SELECT * FROM django_session WHERE session_key = %s", ("nobody",))
    assert query.rows() == []
    try:
        with connection.cursor() as cursor:
            cursor.execute(change)

        assert query.rows() == []
        assert query.rows() == []
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE django_session DROP COLUMN IF EXISTS extra")


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_meets_what_is_out_of_date_fails_once() -> None:
    query = Composed("SELECT %s::text", ("said",))
    assert query.rows() == [("said",)]
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")

    with pytest.raises(DatabaseError), transaction.atomic():
        query.rows()

    with transaction.atomic():
        assert query.rows() == [("said",)]
