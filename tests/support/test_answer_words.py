"""A department says when it answers in the reader's own zone and language."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from frontdesk.support.answer_words import answer_words
from frontdesk.support.models import Schedule

BERLIN = ZoneInfo("Europe/Berlin")


def schedule(promise: int | None = None) -> Schedule:
    week = [[[540, 1080]]] * 5 + [[]] * 2
    return Schedule(time_zone="Europe/Berlin", week=week, holidays=[], answer_within=promise)


def berlin(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("now", "promise", "words"),
    [
        ("2026-11-25 10:00", 240, "Answers within 4 hours"),
        ("2026-11-25 10:00", 90, "Answers within 90 minutes"),
        ("2026-11-25 10:00", 60, "Answers within 1 hour"),
        ("2026-11-25 17:00", 240, "Answers by tomorrow 12:00"),
        ("2026-11-25 10:00", None, "Open now"),
        ("2026-11-25 08:00", None, "Closed now, opens today 09:00"),
        ("2026-11-27 19:00", None, "Closed now, opens Monday 09:00"),
        ("2026-11-27 19:00", 60, "Closed now, opens Monday 09:00, answers by Monday 10:00"),
    ],
)
def test_it_says_what_is_true_at_the_moment(now: str, promise: int | None, words: str) -> None:
    with timezone.override(BERLIN):
        assert answer_words(schedule(promise), berlin(now)) == words


def test_the_reader_reads_his_own_clock() -> None:
    with timezone.override("America/New_York"):
        words = answer_words(schedule(), berlin("2026-11-27 19:00"))

    assert words == "Closed now, opens Monday 03:00"


def test_a_long_way_off_is_named_by_its_date() -> None:
    plan = schedule()
    plan.holidays = [berlin(f"2026-12-{day} 00:00").date() for day in range(10, 32)]

    with timezone.override(BERLIN):
        assert answer_words(plan, berlin("2026-12-10 10:00")) == "Closed now, opens 1 Jan 09:00"


def test_it_speaks_russian() -> None:
    with timezone.override(BERLIN), translation.override("ru"):
        words = answer_words(schedule(240), berlin("2026-11-25 10:00"))

    assert words == "Время ответа: до 4 часов"


def test_without_hours_nothing_is_said() -> None:
    assert answer_words(None, berlin("2026-11-25 10:00")) == ""
