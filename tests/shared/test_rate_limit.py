"""How often something may be done."""

import pytest
from django.db import connection

from frontdesk.shared import rate_limit
from frontdesk.shared.rate_limit import Rate, TooFast, count_hit, forget_old_windows

RATE = Rate("test", most=3, seconds=60)


@pytest.fixture
def clock(monkeypatch, db):
    """A clock that stands still until it is moved."""
    now = [1_000_020.0]
    monkeypatch.setattr(rate_limit.time, "time", lambda: now[0])
    return now


def test_the_limit_passes_and_the_next_does_not(clock):
    for _ in range(3):
        count_hit(RATE, "alice")

    with pytest.raises(TooFast) as refused:
        count_hit(RATE, "alice")
    assert refused.value.retry_after == 60 - 1_000_020 % 60


def test_people_and_acts_are_counted_apart(clock):
    for _ in range(3):
        count_hit(RATE, "alice")

    count_hit(RATE, "bob")
    count_hit(Rate("other", most=3, seconds=60), "alice")
    with pytest.raises(TooFast):
        count_hit(RATE, "alice")


def test_the_next_window_begins_at_nothing(clock):
    for _ in range(3):
        count_hit(RATE, "alice")
    with pytest.raises(TooFast):
        count_hit(RATE, "alice")

    clock[0] += 60
    count_hit(RATE, "alice")


def test_old_windows_are_forgotten(clock):
    count_hit(RATE, "alice")
    clock[0] += 100_000
    count_hit(RATE, "alice")

    assert forget_old_windows() == 1


def test_counts_are_not_logged_to_disk(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, relpersistence FROM pg_class"
            " WHERE relname IN ('frontdesk_rate', 'frontdesk_cache', 'support_presence')"
        )
        kept = dict(cursor.fetchall())

    assert kept == {"frontdesk_rate": "u", "frontdesk_cache": "u", "support_presence": "u"}
