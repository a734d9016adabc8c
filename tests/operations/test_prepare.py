"""What happens before the processes start."""

import pytest
from django.db import connection
from django.utils import timezone

from frontdesk.accounts.models import Provider, TelegramBot
from frontdesk.accounts.telegram_bots import connect_bot
from frontdesk.operations import prepare as module
from frontdesk.operations.prepare import pending_migrations, prepare
from frontdesk.operations.queue import worker_silent_seconds
from frontdesk.operations.terminal import Refusal


@pytest.fixture(autouse=True)
def _no_static_files(monkeypatch) -> None:
    monkeypatch.setattr(module, "collect_static_files", lambda: False)


@pytest.fixture
def of_the_last_run(house) -> TelegramBot:
    """A worker and a bot that were alive a moment ago."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
    bot = connect_bot(provider=house.north, token="1:x")
    TelegramBot.objects.update(beat_at=timezone.now())
    return bot


def test_who_starts_alone_does_not_take_the_dead_for_living(of_the_last_run):
    prepare(alone=True)

    of_the_last_run.refresh_from_db()
    assert of_the_last_run.beat_at is None
    assert worker_silent_seconds() is None


def test_who_starts_beside_others_leaves_theirs_alone(of_the_last_run):
    prepare()

    of_the_last_run.refresh_from_db()
    assert of_the_last_run.beat_at is not None
    assert worker_silent_seconds() is not None


def test_a_demo_is_never_loaded_beside_other_providers(db, settings):
    settings.DEMO = True
    Provider.objects.create(slug="realhost", name="Real Host")

    with pytest.raises(Refusal, match="serves other providers"):
        prepare()

    assert Provider.objects.count() == 1


def test_a_migration_that_is_missing_is_found(db):
    assert pending_migrations() == []
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'notifications'")

    assert all(name.startswith("notifications.") for name in pending_migrations())
    assert pending_migrations()
