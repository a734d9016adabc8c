"""Months of a plan, counted from the day it began, by the clock of the provider."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Period:
    """One month of a plan: its number from 0, and the moments between which it runs (UTC)."""

    number: int
    starts_at: datetime
    ends_at: datetime


def period_at(began_on: date, zone: ZoneInfo, now: datetime) -> Period:
    """Return the period that `now` lies in; the first one for a moment before it began."""
    today = now.astimezone(zone).date()
    number = max(0, (today.year - began_on.year) * 12 + today.month - began_on.month)
    if number and _begins(began_on, zone, number) > now:
        number -= 1
    return Period(number, _begins(began_on, zone, number), _begins(began_on, zone, number + 1))


def add_months(day: date, months: int) -> date:
    """Return the same day of a later month, or that month's last day: 31 January gives
    28 February and then 31 March."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _begins(began_on: date, zone: ZoneInfo, number: int) -> datetime:
    # A midnight that the clock jumps over becomes the moment of the jump; of one that comes
    # twice the first is meant.
    midnight = datetime.combine(add_months(began_on, number), time(), tzinfo=zone)
    return midnight.astimezone(UTC)
