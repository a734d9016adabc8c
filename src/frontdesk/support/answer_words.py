"""Says when a department answers, in the reader's zone and language: for pages and for chats."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.dates import MONTHS_3, WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from frontdesk.support.models import Department, Schedule
from frontdesk.support.opening_hours import due_at, is_open, next_opening

A_WEEK = 7
HOUR = 60


def department_words(department: Department, now: datetime) -> str:
    """Return what a department says of its hours, and what a late answer gives back.

    Reads its schedule and its price rule, which the caller has loaded with it.
    """
    schedule, rule = getattr(department, "schedule", None), getattr(department, "price_rule", None)
    words = answer_words(schedule, now)
    if schedule and schedule.answer_within and rule and rule.charges and rule.gives_back_late:
        return _("%(answers)s. If it comes later, the ticket costs nothing") % {"answers": words}
    return words


def answer_words(schedule: Schedule | None, now: datetime) -> str:
    """Return whether it is open and by when it answers; empty where no hours are set."""
    if schedule is None:
        return ""
    hours = schedule.hours
    due = due_at(hours, now, schedule.answer_within) if schedule.answer_within else None
    if not is_open(hours, now):
        return _closed_words(next_opening(hours, now), due, now)
    if due is None:
        return _("Open now")
    if due - now == timedelta(minutes=schedule.answer_within or 0):
        return _("Answers within %(time)s") % {"time": minutes_words(schedule.answer_within or 0)}
    # It closes before: the clock's hours are more than those that were promised.
    return _("Answers by %(when)s") % {"when": when_words(due, now)}


def minutes_words(minutes: int) -> str:
    """Return a length of time as people say it: 4 hours, 90 minutes."""
    if minutes % HOUR:
        return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
    return ngettext("%(n)s hour", "%(n)s hours", minutes // HOUR) % {"n": minutes // HOUR}


def when_words(moment: datetime, now: datetime) -> str:
    """Return a moment to come as people say it: today 14:00, Monday 09:00, 4 Jan 09:00."""
    local, today = timezone.localtime(moment), timezone.localtime(now).date()
    clock = f"{local.hour:02}:{local.minute:02}"
    days = (local.date() - today).days
    if days == 0:
        return _("today %(clock)s") % {"clock": clock}
    if days == 1:
        return _("tomorrow %(clock)s") % {"clock": clock}
    if 0 < days < A_WEEK:
        return f"{WEEKDAYS[local.weekday()]} {clock}"
    return f"{local.day} {str(MONTHS_3[local.month]).title()} {clock}"


def _closed_words(opens: datetime | None, due: datetime | None, now: datetime) -> str:
    if opens is None:
        return _("Closed now")
    words = _("Closed now, opens %(when)s") % {"when": when_words(opens, now)}
    if due is None:
        return words
    return _("%(closed)s, answers by %(when)s") % {"closed": words, "when": when_words(due, now)}
