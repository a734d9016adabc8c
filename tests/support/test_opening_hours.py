"""Open and due by the wall's clock, held against a clock that is read minute by minute."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from frontdesk.support.opening_hours import OpeningHours, always, due_at, is_open, next_opening

BERLIN = ZoneInfo("Europe/Berlin")
MINUTE = timedelta(minutes=1)
OFFICE = (((540, 1080),),) * 5 + ((),) * 2
# Clocks that turn at 2, at midnight, by half an hour, and never.
ZONES = ["Europe/Berlin", "America/New_York", "America/Santiago", "Africa/Cairo"]
ZONES += ["Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Apia", "UTC"]


def at(text: str, zone: str = "UTC") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def berlin(text: str) -> datetime:
    return at(text, "Europe/Berlin")


def office(*holidays: str) -> OpeningHours:
    return OpeningHours(BERLIN, OFFICE, frozenset(map(date.fromisoformat, holidays)))


@st.composite
def spans(draw) -> tuple[tuple[int, int], ...]:
    edges = sorted(draw(st.sets(st.integers(0, 1440), max_size=4)))
    return tuple(zip(edges[::2], edges[1::2], strict=False))


@st.composite
def hours(draw) -> OpeningHours:
    week = tuple(draw(spans()) for _day in range(7))
    closed = draw(st.sets(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=4))
    return OpeningHours(ZoneInfo(draw(st.sampled_from(ZONES))), week, frozenset(closed))


MOMENTS = st.integers(0, 365 * 1440).map(lambda n: datetime(2026, 1, 1, tzinfo=UTC) + n * MINUTE)


@settings(max_examples=150, deadline=None)
@given(hours(), MOMENTS, st.integers(1, 900))
def test_an_answer_is_due_when_so_many_open_minutes_have_passed(plan, start, minutes):
    moment, left = start, minutes
    for _minute in range(6 * 1440):
        left -= is_open(plan, moment)
        moment += MINUTE
        if left == 0:
            break

    due = due_at(plan, start, minutes)

    if left == 0:
        assert due == moment
    else:
        assert due is None or due > moment


@settings(max_examples=150, deadline=None)
@given(hours(), MOMENTS)
def test_the_next_opening_is_the_first_open_minute(plan, start):
    moments = (start + n * MINUTE for n in range(6 * 1440))
    first = next((moment for moment in moments if is_open(plan, moment)), None)

    opens = next_opening(plan, start)

    assert opens == first or (first is None and (opens is None or opens > start))


@settings(max_examples=200, deadline=None)
@given(hours(), MOMENTS, st.integers(1, 3000), st.integers(1, 3000))
def test_a_longer_promise_is_never_due_sooner_and_adds_up(plan, start, first, more):
    once = due_at(plan, start, first)
    whole = due_at(plan, start, first + more)

    if once is None or whole is None:
        assert whole is None
    else:
        assert once < whole == due_at(plan, once, more)


@settings(max_examples=50, deadline=None)
@given(MOMENTS, st.integers(1, 100_000), st.sampled_from(ZONES))
@example(at("2026-03-29T00:30"), 60, "Europe/Berlin")
def test_hours_that_never_end_count_like_a_watch(start, minutes, zone):
    assert due_at(always(ZoneInfo(zone)), start, minutes) == start + minutes * MINUTE


@pytest.mark.parametrize(
    ("start", "hours_promised", "due"),
    [
        ("2026-11-25 10:00", 4, "2026-11-25 14:00"),
        ("2026-11-25 16:00", 4, "2026-11-26 11:00"),
        ("2026-11-25 14:00", 4, "2026-11-25 18:00"),
        ("2026-11-25 07:00", 1, "2026-11-25 10:00"),
        # Over a weekend, a month's end, a year's end with its holiday, a leap day.
        ("2026-11-27 17:00", 2, "2026-11-30 10:00"),
        ("2026-11-30 17:00", 2, "2026-12-01 10:00"),
        ("2026-12-31 17:00", 2, "2027-01-04 10:00"),
        ("2028-02-29 17:00", 2, "2028-03-01 10:00"),
        # Over the nights when clocks turn: the office opens by its wall.
        ("2026-03-27 17:00", 2, "2026-03-30 10:00"),
        ("2026-10-23 17:00", 2, "2026-10-26 10:00"),
    ],
)
def test_office_hours_count_by_the_wall(start: str, hours_promised: int, due: str):
    plan = office("2027-01-01")

    assert due_at(plan, berlin(start), hours_promised * 60) == berlin(due)


def test_the_night_of_a_turned_clock_is_shorter_and_longer():
    night = OpeningHours(BERLIN, (((0, 360),),) * 7)

    assert due_at(night, berlin("2026-03-29 00:00"), 300) == berlin("2026-03-29 06:00")
    assert due_at(night, berlin("2026-10-25 00:00"), 420) == berlin("2026-10-25 06:00")


def test_at_closing_time_it_is_closed_and_opens_after_the_holiday():
    plan = office("2026-11-26")
    closing = berlin("2026-11-25 18:00")

    assert is_open(plan, closing - MINUTE)
    assert not is_open(plan, closing)
    assert next_opening(plan, closing) == berlin("2026-11-27 09:00")


def test_what_is_never_open_never_opens():
    never = OpeningHours(BERLIN, ((),) * 7)

    assert next_opening(never, berlin("2026-11-25 10:00")) is None
    assert due_at(never, berlin("2026-11-25 10:00"), 1) is None
