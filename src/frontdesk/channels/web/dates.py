"""Dates and times as people read them, in the reader's own zone."""

from datetime import UTC, date, datetime, timedelta

from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from markupsafe import Markup

MINUTE = 60
HOUR = 60 * MINUTE


def exact_time(moment: datetime) -> Markup:
    """Return a time element that shows date and time; how long ago is in its title."""
    local = timezone.localtime(moment)
    title = f"{relative_words(moment)}, {local:%Z}"
    return _time_element(moment, format_date(local, "j M Y, H:i"), title)


def relative_time(moment: datetime) -> Markup:
    """Return a time element that says how long ago; date and time are in its title."""
    local = timezone.localtime(moment)
    title = f"{format_date(local, 'j M Y, H:i')} {local:%Z}"
    return _time_element(moment, relative_words(moment), title, " data-relative")


def clock_time(moment: datetime) -> Markup:
    """Return a time element with the hour, and the day where it is not today; for the desk."""
    local, today = timezone.localtime(moment), timezone.localdate()
    pattern = "H:i"
    if local.date() != today:
        pattern = "j M, H:i" if local.year == today.year else "j M Y, H:i"
    title = f"{format_date(local, 'j M Y, H:i')} {local:%Z}"
    return _time_element(moment, format_date(local, pattern), title)


def plain_date(day: date) -> str:
    """Return a day as people read it, such as 24 Nov 2026."""
    return format_date(day, "j M Y")


def short_wait(since: datetime) -> str:
    """Return how long something waits, for narrow columns: 18 min, 2 h 20 min, 3 d."""
    seconds = max(0, int((timezone.now() - since).total_seconds()))
    if seconds < HOUR:
        return _("%(n)s min") % {"n": seconds // MINUTE}
    hours, minutes = divmod(seconds // MINUTE, 60)
    if hours >= 48:
        return _("%(n)s d") % {"n": hours // 24}
    if minutes and hours < 10:
        return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": minutes}
    return _("%(n)s h") % {"n": hours}


def relative_words(moment: datetime) -> str:
    """Return the distance in words; past two days it is the date."""
    seconds = (timezone.now() - moment).total_seconds()
    if seconds < MINUTE:
        return _("just now")
    if seconds < HOUR:
        return _("%(n)s min ago") % {"n": int(seconds // MINUTE)}
    local, today = timezone.localtime(moment), timezone.localdate()
    if local.date() == today:
        return _("%(n)s h ago") % {"n": int(seconds // HOUR)}
    if local.date() == today - timedelta(days=1):
        return _("yesterday")
    return format_date(local, "j M" if local.year == today.year else "j M Y")


def _time_element(moment: datetime, text: str, title: str, extra: str = "") -> Markup:
    machine = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return Markup('<time datetime="{}" title="{}"{}>{}</time>').format(
        machine, title, Markup(extra), text
    )
