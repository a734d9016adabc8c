"""A request finds out that the database hung up, and asks it no question to find out."""

import time

import psycopg
import pytest
from django.db import connection
from django.db.backends.postgresql.base import DatabaseWrapper

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_connection_that_the_server_closed_is_replaced() -> None:
    connection.ensure_connection()
    assert connection.is_usable()
    pid = connection.connection.info.backend_pid
    with psycopg.connect(_address(), autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])

    assert not connection.is_usable()
    connection.health_check_enabled, connection.health_check_done = True, False  # a new request
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        answered = cursor.fetchone()[0]

    assert answered != pid


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


def _address() -> str:
    values = {**connection.get_connection_params(), "dbname": connection.settings_dict["NAME"]}
    named = ("host", "port", "user", "password", "dbname")
    return psycopg.conninfo.make_conninfo(
        **{name: values[name] for name in named if values.get(name)}
    )
