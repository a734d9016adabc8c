"""When a department is open, and when an answer is due: pure, in the department's own zone.

The clock on the department's wall decides: 09:00 to 18:00 is what it shows, in summer and in
winter. An hour that the clock skips in spring is no time; one that it shows twice counts twice.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

DAY_MINUTES = 24 * 60
ONE_DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
# Whoever is not open in so long is not coming back.
LONGEST_LOOK = timedelta(days=800)

# From and until, in minutes after the wall clock's midnight; 1440 is the end of the day.
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """Seven days from Monday, each with its spans in order, and the days that are closed."""

    zone: ZoneInfo
    week: tuple[tuple[Span, ...], ...]
    holidays: frozenset[date] = field(default_factory=frozenset)

    def spans_on(self, day: date) -> tuple[Span, ...]:
        """Return when it is open on a day of its own calendar."""
        return () if day in self.holidays else self.week[day.weekday()]


def always(zone: ZoneInfo) -> OpeningHours:
    """Return hours that never end."""
    return OpeningHours(zone, (((0, DAY_MINUTES),),) * 7)


def is_open(hours: OpeningHours, moment: datetime) -> bool:
    """Whether it is open at this moment; at the minute of closing it is closed."""
    wall = moment.astimezone(hours.zone)
    second = wall.hour * 3600 + wall.minute * 60 + wall.second
    return any(start * 60 <= second < end * 60 for start, end in hours.spans_on(wall.date()))


def next_opening(hours: OpeningHours, moment: datetime) -> datetime | None:
    """Return when it opens next, the moment itself if it is open; None if it does not."""
    for start, _end in _open_times(hours, moment):
        return start
    return None


def due_at(hours: OpeningHours, start: datetime, minutes: int) -> datetime | None:
    """Return when `minutes` of open time have passed since `start`; None if they never do."""
    left = timedelta(minutes=minutes)
    for begins, ends in _open_times(hours, start):
        if ends - begins >= left:
            return begins + left
        left -= ends - begins
    return None


def _open_times(hours: OpeningHours, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Yield from when until when it is open, in UTC and in order, beginning at the moment."""
    moment = moment.astimezone(UTC)
    for begins, ends, offset in _stretches(hours.zone, moment):
        # The wall's time, as if it were UTC: within a stretch the two differ by the offset only.
        first, last = begins + offset, ends + offset
        day = first.date()
        while day <= last.date():
            midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
            for start, end in hours.spans_on(day):
                opens = max(midnight + timedelta(minutes=start) - offset, begins)
                closes = min(midnight + timedelta(minutes=end) - offset, ends)
                if opens < closes:
                    yield opens, closes
            day += ONE_DAY


def _stretches(zone: ZoneInfo, moment: datetime) -> Iterator[tuple[datetime, datetime, timedelta]]:
    """Yield stretches of time with what the zone's clock is ahead of UTC in each."""
    begins, latest = moment, moment + LONGEST_LOOK
    while begins < latest:
        ends = begins + ONE_DAY
        before, after = _offset(zone, begins), _offset(zone, ends)
        if before == after:
            yield begins, ends, before
        else:
            turns = _turn(zone, begins, ends)
            yield begins, turns, before
            yield turns, ends, after
        begins = ends


def _turn(zone: ZoneInfo, begins: datetime, ends: datetime) -> datetime:
    """Return the second at which the zone's clock is put forward or back between two moments."""
    before = _offset(zone, begins)
    while ends - begins > SECOND:
        middle = begins + (ends - begins) / 2
        if _offset(zone, middle) == before:
            begins = middle
        else:
            ends = middle
    return ends.replace(microsecond=0)


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    offset = moment.astimezone(zone).utcoffset()
    assert offset is not None
    return offset


@lru_cache(maxsize=500)
def zone_of(name: str) -> ZoneInfo:
    """Return a time zone by a name that was checked when it was saved."""
    return ZoneInfo(name)
