"""The worker as a process: what it was doing when it was killed is done by the next one."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from django.db import connection, transaction

from frontdesk.notifications.models import Notification
from frontdesk.support.record import DELIVER
from tests.factories import a_reply, a_ticket
from tests.operations.processes import wait_for
from tests.people import House, as_staff, build_house

pytestmark = pytest.mark.django_db(transaction=True)

ANSWERS = 30


@contextmanager
def worker() -> Iterator["subprocess.Popen[bytes]"]:
    """`frontdesk worker` on the test's database."""
    server = urlsplit(os.environ["DATABASE_URL"])
    url = server._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    command = [sys.executable, "-P", "-m", "frontdesk.project.cli", "worker"]
    environment = os.environ | {"DATABASE_URL": url}
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.kill()


def jobs(status: str) -> int:
    """Count the answers' jobs; a worker adds those of the clock whenever it finds one due."""
    query = "SELECT count(*) FROM procrastinate_jobs WHERE task_name = %s AND status::text = %s"
    with connection.cursor() as cursor:
        cursor.execute(query, [DELIVER, status])
        return int(cursor.fetchone()[0])


def let_workers_seem_long_dead() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 h'")


@pytest.fixture
def answered() -> House:
    """Sam has answered Alice many times, and no worker has told her yet."""
    house = build_house()
    ticket = a_ticket(house.alice, house.technical)
    for number in range(ANSWERS):
        a_reply(as_staff(house.sam), ticket, f"Step {number}")
    return house


def test_jobs_of_a_killed_worker_are_done_once_each_by_the_next(answered):
    with transaction.atomic(), connection.cursor() as cursor:
        # Jobs that have begun cannot end: the worker dies in the middle of them.
        cursor.execute("LOCK TABLE notifications_notification IN SHARE MODE")
        with worker() as first:
            assert wait_for(lambda: jobs("doing") == 4)
            first.kill()
            first.wait()
    assert jobs("doing") == 4
    let_workers_seem_long_dead()

    with worker():
        assert wait_for(lambda: jobs("todo") + jobs("doing") == 0)

    told = Notification.objects.filter(user=answered.alice, kind="staff_replied")
    assert told.count() == ANSWERS
    assert told.values("event").distinct().count() == ANSWERS
    assert jobs("failed") == 0


def test_a_worker_that_is_told_to_stop_ends_and_leaves_no_job_half_done(answered):
    with worker() as process:
        assert wait_for(lambda: Notification.objects.exists())

        process.terminate()

        assert process.wait(timeout=10) == 0
    assert jobs("doing") == 0
    assert Notification.objects.count() + jobs("todo") == ANSWERS
