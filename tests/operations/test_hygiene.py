"""What the worker tidies up, and what it must leave."""

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app

from frontdesk.operations.hygiene import tidy_up
from frontdesk.shared.rate_limit import Rate, count_hit
from frontdesk.support.actions.receive_file import receive_file
from frontdesk.support.models import Upload
from frontdesk.support.models.once import OnceKey
from tests.people import House, as_client


@pytest.fixture
def upload(house: House) -> Upload:
    file = ContentFile(b"a screenshot", name="shot.txt")
    return receive_file(by=as_client(house.alice), file=file, name="shot.txt", key="k" * 32)


def age(upload: Upload, *, by: timedelta) -> None:
    Upload.objects.filter(pk=upload.pk).update(created_at=timezone.now() - by)


def test_a_file_of_a_form_never_sent_goes_after_two_days(upload):
    age(upload, by=timedelta(days=2, minutes=1))

    assert tidy_up()["uploads"] == 1

    assert not Upload.objects.exists()
    assert not default_storage.exists(upload.storage_key)


def test_a_file_of_a_form_of_yesterday_stays(upload):
    age(upload, by=timedelta(days=1, hours=23))

    assert tidy_up()["uploads"] == 0

    assert default_storage.exists(upload.storage_key)
    default_storage.delete(upload.storage_key)


def test_sessions_go_when_they_have_expired(db):
    for seconds in (-10, 1000):
        session = SessionStore()
        session.set_expiry(seconds)
        session.create()

    assert tidy_up()["sessions"] == 1
    assert Session.objects.count() == 1


def test_counts_of_rate_limits_go_when_their_window_is_long_past(db):
    count_hit(Rate("sign_in", most=5, seconds=60), "alice")
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO frontdesk_rate VALUES ('sign_in:old', 1000, 3)")

    assert tidy_up()["rate_windows"] == 1


def test_cached_values_go_when_they_have_expired(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO frontdesk_cache VALUES ('old', '', now() - interval '1 second'),"
            " ('new', '', now() + interval '1 hour')"
        )

    assert tidy_up()["cache_rows"] == 1


def test_failed_jobs_are_kept_for_a_month(db):
    for _ in range(2):
        app.configure_task("deliver_event").defer(event_id=1)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed'")
        cursor.execute(
            "UPDATE procrastinate_events SET at = at - interval '31 days'"
            " WHERE job_id = (SELECT min(id) FROM procrastinate_jobs)"
        )

    assert tidy_up()["failed_jobs"] == 1


def test_keys_of_what_was_done_once_are_kept_for_good(db):
    OnceKey.objects.create(scope="s", key="k", digest="", result_id=1)
    OnceKey.objects.update(created_at=timezone.now() - timedelta(days=3650))

    tidy_up()

    assert OnceKey.objects.count() == 1
