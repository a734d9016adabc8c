"""A request finds out that the database hung up, and asks it no question to find out."""

import time

import psycopg
import pytest
from django.db import connection
from django.db.backends.postgresql.base import DatabaseWrapper

from frontdesk.shared.composed import Composed

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_connection_that_the_server_closed_is_replaced() -> None:
    pid = _hang_up()

    assert not connection.is_usable()
    _begin_request()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        answered = cursor.fetchone()[0]

    assert answered != pid


def test_a_request_that_begins_with_a_prepared_query_finds_out_too() -> None:
    pid = _hang_up()

    _begin_request()

    assert Composed("SELECT pg_backend_pid()", ()).rows() != [(pid,)]


def test_no_prepared_query_is_looked_for_on_a_connection_that_was_replaced() -> None:
    query = Composed("SELECT pg_backend_pid() + %s", (0,))
    [(before,)] = query.rows()
    _hang_up()

    _begin_request()

    assert query.rows() != [(before,)]


def test_a_healthy_connection_is_asked_now_and_then_and_not_each_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    connection.ensure_connection()
    now: list[float] = [1_000_000.0]
    asked: list[float] = []
    monkeypatch.setattr(time, "monotonic", lambda: now[0])

    def ask(_wrapper: DatabaseWrapper) -> bool:
        asked.append(now[0])
        return True

    monkeypatch.setattr(DatabaseWrapper, "is_usable", ask)

    for seconds in (0, 1, 9, 11, 12):
        now[0] = 1_000_000.0 + seconds
        assert connection.is_usable()

    assert asked == [1_000_000.0, 1_000_011.0]


def test_a_connection_with_something_unread_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute("LISTEN wake_up")
    with psycopg.connect(_address(), autocommit=True) as other:
        other.execute("NOTIFY wake_up")

    assert connection.is_usable()
    with connection.cursor() as cursor:
        cursor.execute("UNLISTEN wake_up")


def _hang_up() -> int:
    """Let the server close the connection; return the number of the process it had there."""
    connection.ensure_connection()
    assert connection.is_usable()
    pid: int = connection.connection.info.backend_pid
    with psycopg.connect(_address(), autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    return pid


def _begin_request() -> None:
    connection.health_check_enabled, connection.health_check_done = True, False


def _address() -> str:
    values = {**connection.get_connection_params(), "dbname": connection.settings_dict["NAME"]}
    named = ("host", "port", "user", "password", "dbname")
    return psycopg.conninfo.make_conninfo(
        **{name: values[name] for name in named if values.get(name)}
    )
