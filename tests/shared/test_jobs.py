"""Work is left in the transaction of its change, and the worker is woken after it."""

import json

import pytest
from django.db import connection, transaction

from frontdesk.shared import wake
from frontdesk.shared.jobs import WORKERS, defer

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def wakes(monkeypatch):
    """The channels that were notified, with what was said."""
    said: list[tuple[str, dict]] = []
    monkeypatch.setattr(
        wake, "_wake", lambda channel, text: said.append((channel, json.loads(text)))
    )
    return said


def jobs() -> list[tuple[int, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, task_name FROM procrastinate_jobs ORDER BY id")
        return cursor.fetchall()


def test_a_job_is_there_once_its_change_is(wakes):
    with transaction.atomic():
        defer("deliver_event", queue="delivery", event_id=1)
        assert wakes == []

    [(job_id, task)] = jobs()
    assert task == "deliver_event"
    assert wakes == [(WORKERS, {"type": "job_inserted", "job_id": job_id})]


def test_a_job_goes_with_its_change(wakes):
    with transaction.atomic():
        defer("deliver_event", queue="delivery", event_id=1)
        transaction.set_rollback(True)

    assert jobs() == []
    assert wakes == []


def test_the_queue_itself_does_not_notify_inside_the_transaction(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = 'procrastinate_jobs'::regclass"
            " AND tgname LIKE '%job_inserted%' AND tgenabled <> 'D'"
        )

        assert cursor.fetchall() == []
