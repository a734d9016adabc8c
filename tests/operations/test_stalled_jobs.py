"""Jobs of a worker that was killed are run again, those of a living one are left alone."""

import pytest
from django.db import connection
from procrastinate.contrib.django import app

from frontdesk.operations.stalled_jobs import put_back_stalled_jobs


def query(text: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(text, values)
        return cursor.fetchall()


def worker_seen(*, seconds_ago: float) -> int:
    ((worker,),) = query(
        "INSERT INTO procrastinate_workers (last_heartbeat)"
        " VALUES (now() - make_interval(secs => %s)) RETURNING id",
        seconds_ago,
    )
    return worker


def job_of(worker: int | None, queueing_lock: str | None = None) -> int:
    job = app.configure_task("deliver_event", queueing_lock=queueing_lock).defer(event_id=1)
    query(
        "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = %s RETURNING id",
        worker,
        job,
    )
    return job


def status(job: int) -> str:
    ((found,),) = query("SELECT status::text FROM procrastinate_jobs WHERE id = %s", job)
    return found


@pytest.mark.django_db
def test_a_job_of_a_silent_worker_is_due_again():
    job = job_of(worker_seen(seconds_ago=11))

    assert put_back_stalled_jobs(dead_after_seconds=10) == [job]

    assert status(job) == "todo"


@pytest.mark.django_db
def test_a_job_of_a_forgotten_worker_is_due_again():
    job = job_of(None)

    assert put_back_stalled_jobs(dead_after_seconds=10) == [job]


@pytest.mark.django_db
def test_a_job_of_a_living_worker_is_left_to_it():
    job = job_of(worker_seen(seconds_ago=1))

    assert put_back_stalled_jobs(dead_after_seconds=10) == []

    assert status(job) == "doing"


@pytest.mark.django_db
def test_a_job_whose_replacement_waits_already_is_given_up():
    lost = job_of(None, queueing_lock="tidy_up")
    waiting = app.configure_task("deliver_event", queueing_lock="tidy_up").defer(event_id=1)

    put_back_stalled_jobs(dead_after_seconds=10)

    assert (status(lost), status(waiting)) == ("failed", "todo")
