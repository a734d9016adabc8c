"""An administrator says when a department is open, and how soon it answers."""

from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from django.db import transaction
from django.utils import timezone

from frontdesk.support import errors
from frontdesk.support.actor import Actor
from frontdesk.support.models import Department, Schedule
from frontdesk.support.opening_hours import DAY_MINUTES, OpeningHours, Span, due_at, zone_of
from frontdesk.support.settings import known_zone, need_administrator, record_setting

MOST_MINUTES = 500 * 60
MOST_HOLIDAYS = 400
FIRST_YEAR, LAST_YEAR = 2000, 2199


@dataclass(frozen=True, slots=True)
class ScheduleChange:
    """Hours as they are entered: seven days from Monday, the closed days, and the promise in
    minutes of open time (None for none)."""

    time_zone: str
    week: tuple[tuple[Span, ...], ...]
    holidays: frozenset[date] = field(default_factory=frozenset)
    answer_within: int | None = None


def save_schedule(
    *, by: Actor, department_id: int, change: ScheduleChange | None
) -> Schedule | None:
    """Save the hours of a department of the provider and return them; None takes them away.

    Promises that tickets have already stay as they were. Raises NotAllowed,
    Department.DoesNotExist or BadValue, whose field may be `day-0` to `day-6`.
    """
    need_administrator(by)
    fields = _checked(change) if change else None
    with transaction.atomic():
        own = Department.objects.filter(provider_id=by.provider_id)
        department = own.select_for_update(no_key=True).get(pk=department_id)
        record_setting("hours", department.pk, "changed" if fields else "removed", by=by)
        if fields is None:
            Schedule.objects.filter(department=department).delete()
            return None
        schedule, _is_new = Schedule.objects.update_or_create(
            department=department, defaults={"provider_id": by.provider_id, **fields}
        )
        return schedule


def checked_spans(day: int, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Return the spans of a day in order. Raises BadValue for `day-N`, counted from Monday."""
    ordered = sorted(spans)
    for start, end in ordered:
        if not 0 <= start < end <= DAY_MINUTES:
            raise errors.BadValue(f"day-{day}", errors.BadValue.ENDS_BEFORE_START)
    for (_start, end), (start, _end) in pairwise(ordered):
        if start < end:
            raise errors.BadValue(f"day-{day}", errors.BadValue.OVERLAPS)
    return tuple(ordered)


def _checked(change: ScheduleChange) -> dict[str, object]:
    zone = known_zone(change.time_zone)
    week = tuple(checked_spans(day, spans) for day, spans in enumerate(change.week))
    if not any(week):
        raise errors.BadValue("week", errors.BadValue.NEVER)
    if len(change.holidays) > MOST_HOLIDAYS:
        raise errors.BadValue("holidays", errors.BadValue.TOO_LONG)
    if not all(FIRST_YEAR <= day.year <= LAST_YEAR for day in change.holidays):
        raise errors.BadValue("holidays", errors.BadValue.UNKNOWN)
    hours = OpeningHours(zone_of(zone), week, change.holidays)
    return {
        "time_zone": zone,
        "week": [[list(span) for span in day] for day in week],
        "holidays": sorted(change.holidays),
        "answer_within": _checked_promise(hours, change.answer_within),
    }


def _checked_promise(hours: OpeningHours, minutes: int | None) -> int | None:
    if minutes is None:
        return None
    if not 1 <= minutes <= MOST_MINUTES:
        raise errors.BadValue("answer_within", errors.BadValue.UNKNOWN)
    if due_at(hours, timezone.now(), minutes) is None:
        raise errors.BadValue("answer_within", errors.BadValue.NEVER)
    return minutes
