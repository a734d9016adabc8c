"""Dates and times as people read them, in the reader's own zone."""

from datetime import UTC, date, datetime, timedelta

from django.utils import timezone
from django.utils.dates import MONTHS_3
from django.utils.translation import gettext as _
from markupsafe import Markup, escape

MINUTE = 60
HOUR = 60 * MINUTE


class Clock:
    """The present moment in the reader's zone and language, looked up once for a whole list."""

    def __init__(self) -> None:
        self.zone = timezone.get_current_timezone()
        self.now = timezone.now()
        self.today = self.now.astimezone(self.zone).date()
        self.months: dict[int, str] = {}

    def exact_time(self, moment: datetime) -> Markup:
        """Return a time element that shows date and time; how long ago is in its title."""
        local = moment.astimezone(self.zone)
        title = f"{self._distance(moment, local)}, {local.tzname()}"
        return _time_element(moment, self._day_and_time(local), title)

    def relative_time(self, moment: datetime) -> Markup:
        """Return a time element that says how long ago; date and time are in its title."""
        local = moment.astimezone(self.zone)
        title = f"{self._day_and_time(local)} {local.tzname()}"
        return _time_element(moment, self._distance(moment, local), title, " data-relative")

    def clock_time(self, moment: datetime) -> Markup:
        """Return a time element with the hour, and the day where it is not today; for the desk."""
        local = moment.astimezone(self.zone)
        words = _hour(local)
        if local.date() != self.today:
            words = f"{self.day(local, with_year=local.year != self.today.year)}, {words}"
        title = f"{self._day_and_time(local)} {local.tzname()}"
        return _time_element(moment, words, title)

    def relative_words(self, moment: datetime) -> str:
        """Return the distance in words; past two days it is the date."""
        return self._distance(moment, moment.astimezone(self.zone))

    def day(self, day: date, *, with_year: bool = True) -> str:
        """Return a day as people read it, such as 24 Nov 2026."""
        words = f"{day.day} {self._month(day.month)}"
        return f"{words} {day.year}" if with_year else words

    def _distance(self, moment: datetime, local: datetime) -> str:
        seconds = (self.now - moment).total_seconds()
        if seconds < MINUTE:
            return _("just now")
        if seconds < HOUR:
            return _("%(n)s min ago") % {"n": int(seconds // MINUTE)}
        if local.date() == self.today:
            return _("%(n)s h ago") % {"n": int(seconds // HOUR)}
        if local.date() == self.today - timedelta(days=1):
            return _("yesterday")
        return self.day(local, with_year=local.year != self.today.year)

    def _day_and_time(self, moment: datetime) -> str:
        return f"{self.day(moment)}, {_hour(moment)}"

    def _month(self, month: int) -> str:
        if month not in self.months:
            self.months[month] = str(MONTHS_3[month]).title()
        return self.months[month]


def exact_time(moment: datetime) -> Markup:
    """Return a time element that shows date and time; how long ago is in its title."""
    return Clock().exact_time(moment)


def relative_time(moment: datetime) -> Markup:
    """Return a time element that says how long ago; date and time are in its title."""
    return Clock().relative_time(moment)


def clock_time(moment: datetime) -> Markup:
    """Return a time element with the hour, and the day where it is not today; for the desk."""
    return Clock().clock_time(moment)


def plain_date(day: date) -> str:
    """Return a day as people read it, such as 24 Nov 2026."""
    return Clock().day(day)


def relative_words(moment: datetime) -> str:
    """Return the distance in words; past two days it is the date."""
    return Clock().relative_words(moment)


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


# A list has many of these, so they are written out: formats by pattern take five times as long.


def _hour(moment: datetime) -> str:
    return f"{moment.hour:02}:{moment.minute:02}"


def _time_element(moment: datetime, text: str, title: str, extra: str = "") -> Markup:
    machine = moment.astimezone(UTC).isoformat(timespec="seconds")[:19] + "Z"
    return Markup(  # noqa: S704 - what is not ours is escaped here
        f'<time datetime="{machine}" title="{escape(title)}"{extra}>{escape(text)}</time>'
    )
