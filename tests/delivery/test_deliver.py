"""A recorded event is carried out: never lost, never told twice."""

import json

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.jobs import Job

from frontdesk.delivery.deliver import deliver_event
from frontdesk.notifications.models import Notification
from frontdesk.support.models import Event
from frontdesk.support.record import DELIVER
from tests.factories import a_reply, a_ticket
from tests.people import as_staff


@pytest.fixture
def event(alice, sam, technical):
    ticket = a_ticket(alice, technical)
    a_reply(as_staff(sam), ticket)
    return Event.objects.filter(ticket=ticket).latest("pk")


def test_a_delivered_event_is_a_row_for_who_must_hear(event, alice):
    deliver_event(event_id=event.pk)

    assert [row.user for row in Notification.objects.all()] == [alice]


def test_delivered_again_after_a_crash_it_is_still_one_row(event):
    for _ in range(3):
        deliver_event(event_id=event.pk)

    assert Notification.objects.count() == 1


def test_the_core_names_the_task_that_delivery_has():
    assert app.tasks[DELIVER] is deliver_event


def test_a_failed_delivery_is_tried_again_later_and_later():
    strategy, waits = deliver_event.retry_strategy, []
    for attempts in range(10):
        job = Job(
            id=1,
            status="doing",
            queue="q",
            lock=None,
            queueing_lock=None,
            task_name=DELIVER,
            attempts=attempts,
        )
        waits.append(strategy.get_retry_decision(exception=OSError(), job=job).retry_at)

    assert waits == sorted(waits)
    assert (waits[-1] - waits[0]).total_seconds() > 600


def test_the_job_of_an_event_is_what_carries_it_out(event, alice):
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, args FROM procrastinate_jobs ORDER BY id DESC LIMIT 1")
        name, arguments = cursor.fetchone()

    app.tasks[name](**json.loads(arguments))

    assert [row.user for row in Notification.objects.all()] == [alice]
