"""What machines are told: alive, ready or which part is not, figures for few."""

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django import app

from frontdesk.accounts.models import TelegramBot
from frontdesk.accounts.telegram_bots import connect_bot
from frontdesk.operations import checks


@pytest.fixture(autouse=True)
def _asked_for_the_first_time() -> None:
    checks._fine.clear()


def beat(seconds_ago: float) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat)"
            " VALUES (now() - make_interval(secs => %s))",
            [seconds_ago],
        )


def problems(client: Client) -> dict[str, str]:
    answer = client.get("/readyz")
    found: dict[str, str] = answer.json()["problems"]
    assert answer.status_code == (503 if found else 200)
    assert answer.json()["ready"] == (not found)
    return found


def test_alive_asks_nothing_of_the_database(client):
    answer = client.get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"alive\n")


def test_ready_when_nothing_is_wrong(client, db):
    assert problems(client) == {}


def test_a_job_that_waits_too_long_is_named(client, db):
    job = app.configure_task("deliver_event").defer(event_id=1)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_events SET at = at - interval '70 s' WHERE job_id = %s", [job]
        )

    assert list(problems(client)) == ["queue"]


def test_a_job_for_later_does_not_count_as_waiting(client, db):
    job = app.configure_task("deliver_event", schedule_in={"hours": 1}).defer(event_id=1)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_events SET at = at - interval '70 s' WHERE job_id = %s", [job]
        )

    assert problems(client) == {}


def test_a_missing_migration_is_named(client, db):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'notifications'")

    assert "notifications." in problems(client)["migrations"]


def test_a_demo_waits_for_its_data_and_its_worker(client, db, settings):
    settings.DEMO = True

    assert set(problems(client)) == {"demo data", "worker"}


def test_a_demo_with_data_and_a_living_worker_is_ready(client, house, settings):
    settings.DEMO = True
    beat(seconds_ago=3)

    assert problems(client) == {}


def test_a_worker_that_has_gone_silent_is_named(client, house, settings):
    settings.DEMO = True
    beat(seconds_ago=20)

    assert "No worker has been seen for 20 s" in problems(client)["worker"]


def test_a_bot_that_telegram_does_not_answer_is_named(client, house, settings):
    settings.DEMO = True
    beat(seconds_ago=3)
    bot = connect_bot(provider=house.north, token="1:x")
    TelegramBot.objects.filter(pk=bot.pk).update(beat_at=timezone.now(), last_error="Unauthorized")

    assert "Unauthorized" in problems(client)["bot"]


def test_a_database_that_does_not_answer_is_the_one_problem(client, monkeypatch):
    monkeypatch.setattr(checks, "database", lambda: "The database does not answer: no route")

    assert problems(client) == {"database": "The database does not answer: no route"}


def test_figures_are_for_this_machine(client, db):
    assert b"frontdesk_oldest_job_seconds 0.0" in client.get("/metrics").content
    assert client.get("/metrics", REMOTE_ADDR="192.0.2.1").status_code == 404


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP"])
def test_figures_are_not_for_those_who_come_through_a_proxy_on_it(client, db, header):
    assert client.get("/metrics", headers={header: "192.0.2.1"}).status_code == 404


def test_with_a_token_figures_are_for_those_who_have_it(client, db, settings):
    settings.METRICS_TOKEN = "long and secret"
    known = {"Authorization": "Bearer long and secret"}

    assert client.get("/metrics", REMOTE_ADDR="192.0.2.1", headers=known).status_code == 200
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404
