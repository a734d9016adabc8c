"""Listeners are woken once the work is in."""

import json

import pytest
from django.db import connection, transaction

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
