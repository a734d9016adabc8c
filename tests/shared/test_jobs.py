"""Work is left in the transaction of its change, and the worker is woken after it."""

import json

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app

from frontdesk.shared import wake
from frontdesk.shared.jobs import WORKERS, defer

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def wakes(monkeypatch):
    """The channels that were notified, with what was said."""
    said: list[tuple[str, dict]] = []
    monkeypatch.setattr(wake, "_wake", lambda words: said.append((words[0], json.loads(words[1]))))
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


def test_a_job_is_as_the_queues_own_library_leaves_it():
    arguments = {"event_id": 7, "name": 'Müller\'s \\ "shop"', "nothing": None, "list": [1.5]}
    with transaction.atomic():
        defer("deliver_event", queue="delivery", **arguments)
        app.configure_task("deliver_event", queue="delivery").defer(**arguments)

    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(job) - 'id' FROM procrastinate_jobs AS job")
        ours, theirs = [json.loads(row[0]) for row in cursor.fetchall()]
    assert ours == theirs
