"""Dates and times as people read them, in the reader's own zone."""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from django.utils import timezone
from django.utils.dates import MONTHS_3
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from markupsafe import Markup

from frontdesk.channels.web.folding import as_html

MINUTE = 60
HOUR = 60 * MINUTE
ONE_MINUTE = timedelta(minutes=1)
# Waits that are remembered: those of some lists, as long as a minute lasts.
MOST_WAITS = 5_000


class _Words(NamedTuple):
    """What times are put together from, in one language."""

    just_now: str
    minutes_ago: str
    hours_ago: str
    yesterday: str
    minutes: str
    hours: str
    hours_and_minutes: str
    days: str
    months: list[str]


class _Day(NamedTuple):
    """A day in words: with its year, without this year, and seen from today."""

    full: str
    short: str
    distance: str
    is_today: bool


class Clock:
    """The present moment in the reader's zone and language, looked up once for a whole list."""

    def __init__(self) -> None:
        self.zone = timezone.get_current_timezone()
        self.now = timezone.now()
        local = self.now.astimezone(self.zone)
        self.today = local.date()
        day_began = local.replace(hour=0, minute=0, second=0, microsecond=0)
        # Before it, a moment is told by its day.
        # In UTC, as records have it: to compare moments of two zones takes ten times as long.
        self._settled = min(day_began.astimezone(UTC), self.now - timedelta(seconds=HOUR))
        self.language = language = get_language() or ""
        # What decides how days and times read, whatever the moment.
        self.frame = (language, self.zone, self.today)
        self._words = _words_in(language)
        self._days: dict[date, _Day] = {}

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
        day = self._day_of(local.date())
        if not day.is_today:
            words = f"{day.short}, {words}"
        title = f"{self._day_and_time(local)} {local.tzname()}"
        return _time_element(moment, words, title)

    def relative_words(self, moment: datetime) -> str:
        """Return the distance in words; past two days it is the date."""
        return self._distance(moment, moment.astimezone(self.zone))

    def short_wait(self, since: datetime) -> str:
        """Return how long something waits, for narrow columns: 18 min, 2 h 20 min, 3 d."""
        return _wait_in_words(self.language, max(0, (self.now - since) // ONE_MINUTE))

    def day(self, day: date) -> str:
        """Return a day as people read it, such as 24 Nov 2026."""
        return self._day_of(day).full

    def age(self, moment: datetime) -> int:
        """Return a number that changes as often as what a time element of this day says."""
        if moment < self._settled:
            return -1
        minutes = max(0, int((self.now - moment).total_seconds() // MINUTE))
        return minutes if minutes < 60 else minutes // 60 * 60

    def _distance(self, moment: datetime, local: datetime) -> str:
        seconds = (self.now - moment).total_seconds()
        if seconds < MINUTE:
            return self._words.just_now
        if seconds < HOUR:
            return self._words.minutes_ago % {"n": int(seconds // MINUTE)}
        day = self._day_of(local.date())
        if day.is_today:
            return self._words.hours_ago % {"n": int(seconds // HOUR)}
        return day.distance

    def _day_and_time(self, moment: datetime) -> str:
        return f"{self._day_of(moment.date()).full}, {_hour(moment)}"

    def _day_of(self, day: date) -> _Day:
        if (words := self._days.get(day)) is None:
            words = self._days[day] = self._day_in_words(day)
        return words

    def _day_in_words(self, day: date) -> _Day:
        short = f"{day.day} {self._words.months[day.month - 1]}"
        full = f"{short} {day.year}"
        if day.year != self.today.year:
            short = full
        is_yesterday = day == self.today - timedelta(days=1)
        distance = self._words.yesterday if is_yesterday else short
        return _Day(full, short, distance, day == self.today)


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


@lru_cache
def _words_in(language: str) -> _Words:
    """Return the words of the language that is active now; it is named to be remembered by."""
    return _Words(
        just_now=_("just now"),
        minutes_ago=_("%(n)s min ago"),
        hours_ago=_("%(n)s h ago"),
        yesterday=_("yesterday"),
        minutes=_("%(n)s min"),
        hours=_("%(n)s h"),
        hours_and_minutes=_("%(hours)s h %(minutes)s min"),
        days=_("%(n)s d"),
        months=[str(MONTHS_3[month]).title() for month in range(1, 13)],
    )


@lru_cache(maxsize=MOST_WAITS)
def _wait_in_words(language: str, minutes: int) -> str:
    words = _words_in(language)
    if minutes < 60:
        return words.minutes % {"n": minutes}
    hours, rest = divmod(minutes, 60)
    if hours >= 48:
        return words.days % {"n": hours // 24}
    if rest and hours < 10:
        return words.hours_and_minutes % {"hours": hours, "minutes": rest}
    return words.hours % {"n": hours}


# A list has many of these, so they are written out: formats by pattern take five times as long.


def _hour(moment: datetime) -> str:
    return f"{moment.hour:02}:{moment.minute:02}"


def _time_element(moment: datetime, text: str, title: str, extra: str = "") -> Markup:
    utc = moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    machine = utc.isoformat()[:19] + "Z"
    return Markup(  # noqa: S704 - what is not ours is escaped here
        f'<time datetime="{machine}" title="{as_html(title)}"{extra}>{as_html(text)}</time>'
    )
