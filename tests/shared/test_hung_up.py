"""A request finds out that the database hung up, and asks it no question to find out."""

import psycopg
import pytest
from django.db import connection

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_connection_that_the_server_closed_is_replaced() -> None:
    connection.ensure_connection()
    pid = connection.connection.info.backend_pid
    with psycopg.connect(_address(), autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])

    connection.health_check_enabled, connection.health_check_done = True, False  # a new request
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        answered = cursor.fetchone()[0]

    assert answered != pid


def test_a_healthy_connection_is_used_again_without_a_question(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    connection.ensure_connection()
    asked: list[object] = []
    monkeypatch.setattr(type(connection.connection), "execute", lambda *words: asked.append(words))

    assert connection.is_usable()
    assert asked == []


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
