"""Listeners are woken once the work is in."""

import json

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from frontdesk.shared.wake import wake_after_commit

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def heard():
    """Return what came over the channel until now."""
    with connection.cursor() as cursor:
        cursor.execute("LISTEN frontdesk_test")
    notices = []
    connection.connection.add_notify_handler(lambda notice: notices.append(notice.payload))

    def hear():
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return [json.loads(payload) for payload in notices]

    yield hear
    connection.close()


def test_a_listener_hears_after_the_commit_and_not_before(heard):
    with transaction.atomic():
        wake_after_commit("frontdesk_test", {"ticket": 5})
        assert heard() == []

    assert heard() == [{"ticket": 5}]


def test_what_is_rolled_back_wakes_nobody(heard):
    with transaction.atomic():
        wake_after_commit("frontdesk_test", {"ticket": 5})
        transaction.set_rollback(True)

    assert heard() == []


def test_a_wake_that_fails_does_not_undo_the_work(heard, north):
    too_long = {"text": "x" * 9_000}
    with transaction.atomic():
        wake_after_commit("frontdesk_test", too_long)
        north.name = "Northern Host"
        north.save()

    north.refresh_from_db()
    assert north.name == "Northern Host"
    assert heard() == []


def test_all_of_a_transaction_is_said_in_one_statement(heard):
    with CaptureQueriesContext(connection) as counted, transaction.atomic():
        for ticket in (1, 2, 3):
            wake_after_commit("frontdesk_test", {"ticket": ticket})

    assert heard() == [{"ticket": 1}, {"ticket": 2}, {"ticket": 3}]
    assert len([one for one in counted if "pg_notify" in one["sql"]]) == 1


def test_what_a_savepoint_took_back_is_not_said(heard):
    with transaction.atomic():
        wake_after_commit("frontdesk_test", {"ticket": 1})
        with transaction.atomic():
            wake_after_commit("frontdesk_test", {"ticket": 2})
            transaction.set_rollback(True)
        wake_after_commit("frontdesk_test", {"ticket": 3})

    assert heard() == [{"ticket": 1}, {"ticket": 3}]
