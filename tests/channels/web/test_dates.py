"""Times are shown in the reader's zone, near ones in words."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.channels.web.dates import Clock, exact_time, relative_time, relative_words

NOW = datetime(2026, 11, 24, 15, 17, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _berlin_at_a_quarter_past_four(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    with timezone.override(ZoneInfo("Europe/Berlin")):
        yield


def test_exact_time_is_in_the_readers_zone() -> None:
    element = exact_time(datetime(2026, 11, 24, 15, 5, tzinfo=UTC))

    assert element == (
        '<time datetime="2026-11-24T15:05:00Z" title="12 min ago, CET">24 Nov 2026, 16:05</time>'
    )


def test_relative_time_has_the_exact_one_in_its_title() -> None:
    element = relative_time(NOW - timedelta(minutes=12))

    assert 'title="24 Nov 2026, 16:05 CET" data-relative>12 min ago<' in element


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (NOW + timedelta(seconds=30), "just now"),
        (NOW - timedelta(seconds=59), "just now"),
        (NOW - timedelta(minutes=59), "59 min ago"),
        (NOW - timedelta(hours=5), "5 h ago"),
        # Half past eleven in Berlin is yesterday there, and half past ten in UTC.
        (datetime(2026, 11, 23, 22, 30, tzinfo=UTC), "yesterday"),
        # Past midnight in Berlin is still the day before in UTC.
        (datetime(2026, 11, 23, 23, 30, tzinfo=UTC), "15 h ago"),
        (datetime(2026, 11, 21, 8, 0, tzinfo=UTC), "21 Nov"),
        (datetime(2025, 11, 21, 8, 0, tzinfo=UTC), "21 Nov 2025"),
    ],
)
def test_distance_in_words(moment: datetime, words: str) -> None:
    assert relative_words(moment) == words


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (-5, "0 min"),
        (18, "18 min"),
        (140, "2 h 20 min"),
        (120, "2 h"),
        (900, "15 h"),
        (4320, "3 d"),
    ],
)
def test_waiting_time_fits_a_narrow_column(minutes: int, words: str) -> None:
    assert Clock().short_wait(NOW - timedelta(minutes=minutes)) == words


@given(
    seconds=st.integers(-100, 3 * 86_400),
    later=st.integers(0, 86_400),
    offset=st.sampled_from(["UTC", "Asia/Kathmandu", "America/Anchorage"]),
)
def test_moments_of_the_same_age_and_day_read_the_same(
    seconds: int, later: int, offset: str
) -> None:
    moment = NOW - timedelta(seconds=seconds)
    clocks = []
    with timezone.override(ZoneInfo(offset)), pytest.MonkeyPatch.context() as patch:
        for now in (NOW, NOW + timedelta(seconds=later)):
            patch.setattr(timezone, "now", lambda now=now: now)
            clocks.append(Clock())
        told = [(clock.today, clock.age(moment)) for clock in clocks]
        read = [(c.today, c.exact_time(moment), c.relative_time(moment)) for c in clocks]

    assert (told[0] == told[1]) <= (read[0] == read[1])
