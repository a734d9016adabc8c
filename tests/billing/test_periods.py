"""Months of a plan end right, whatever the month and the clock."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.billing.periods import add_months, period_at

UTC_ZONE = ZoneInfo("UTC")
ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Africa/Cairo", "Pacific/Apia", "Asia/Kolkata"]


@pytest.mark.parametrize(
    ("months", "day"),
    [
        (1, date(2026, 2, 28)),
        (2, date(2026, 3, 31)),
        (3, date(2026, 4, 30)),
        (11, date(2026, 12, 31)),
        (13, date(2027, 2, 28)),
        (25, date(2028, 2, 29)),
    ],
)
def test_a_plan_of_the_31st_goes_by_the_last_day_of_shorter_months_and_returns(months, day):
    assert add_months(date(2026, 1, 31), months) == day


def test_the_first_period_begins_with_the_plan():
    now = datetime(2026, 1, 31, 15, 0, tzinfo=UTC)

    period = period_at(date(2026, 1, 31), UTC_ZONE, now)

    assert (period.number, period.ends_at) == (0, datetime(2026, 2, 28, tzinfo=UTC))


def test_a_period_ends_at_midnight_of_the_providers_clock():
    berlin = ZoneInfo("Europe/Berlin")
    last_moment = datetime(2026, 3, 30, 21, 59, 59, tzinfo=UTC)

    before = period_at(date(2026, 1, 31), berlin, last_moment)
    after = period_at(date(2026, 1, 31), berlin, last_moment + timedelta(seconds=1))

    assert (before.number, after.number) == (1, 2)
    assert before.ends_at == after.starts_at == datetime(2026, 3, 30, 22, tzinfo=UTC)


def test_a_midnight_that_the_clock_jumps_over_is_the_moment_of_the_jump():
    cairo = ZoneInfo("Africa/Cairo")
    jump = datetime(2024, 4, 25, 22, tzinfo=UTC)

    period = period_at(date(2024, 3, 26), cairo, jump)

    assert (period.number, period.starts_at) == (1, jump)


def test_of_a_midnight_that_comes_twice_the_first_is_meant():
    havana = ZoneInfo("America/Havana")
    first_midnight = datetime(2024, 11, 3, 4, tzinfo=UTC)

    period = period_at(date(2024, 10, 3), havana, first_midnight)

    assert (period.number, period.starts_at) == (1, first_midnight)


@given(
    began_on=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    zone=st.sampled_from(ZONES).map(ZoneInfo),
    later=st.timedeltas(timedelta(days=2), timedelta(days=2000)),
)
def test_every_moment_lies_in_one_period_and_the_next_begins_where_it_ends(began_on, zone, later):
    now = datetime.combine(began_on, datetime.min.time(), tzinfo=UTC) + later

    period = period_at(began_on, zone, now)
    following = period_at(began_on, zone, period.ends_at)

    assert period.starts_at <= now < period.ends_at
    assert (following.number, following.starts_at) == (period.number + 1, period.ends_at)
    assert period_at(began_on, zone, period.ends_at - timedelta(microseconds=1)) == period
