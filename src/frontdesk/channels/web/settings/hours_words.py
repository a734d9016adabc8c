"""Hours as administrators type and read them: 09:00 to 18:00, and days such as 2026-12-25."""

import re
from datetime import date, timedelta

from django.utils.translation import gettext as _

from frontdesk.support.opening_hours import DAY_MINUTES, Span

TIME = r"(\d{1,2})(?:[:.h](\d{2}))?"
SPAN = re.compile(rf"{TIME}\s*(?:-|–|—|to|until)\s*{TIME}", re.IGNORECASE)
RANGE = re.compile(r"(\S+)(?:\s+(?:-|–|—|to|until)\s+(\S+))?", re.IGNORECASE)
ONE_DAY = timedelta(days=1)
# More than anybody writes, and soon counted.
MOST_IN_RANGE = 400
MOST_SPANS = 6


class Unreadable(Exception):
    """What was typed are no hours or no days; the sentence says how to write them."""


def read_spans(text: str) -> tuple[Span, ...]:
    """Return the hours of a day: none for an empty line. Raises Unreadable.

    Whether they end after they start is not looked at.
    """
    plain = " ".join(text.lower().split())
    if plain in {"", "closed", _("closed")}:
        return ()
    if plain in {"all day", "24 hours", _("all day")}:
        return ((0, DAY_MINUTES),)
    parts = [part.strip() for part in re.split(r"[,;]|\band\b", plain) if part.strip()]
    if len(parts) > MOST_SPANS:
        raise Unreadable(_("Up to %(n)s spans fit into a day.") % {"n": MOST_SPANS})
    return tuple(_span(part) for part in parts)


def spans_text(spans: tuple[Span, ...]) -> str:
    """Return the hours of a day as they are typed."""
    if spans == ((0, DAY_MINUTES),):
        return _("all day")
    return ", ".join(f"{_clock(start)}–{_clock(end)}" for start, end in spans)


def read_days(text: str) -> frozenset[date]:
    """Return the days of a list with a day or a range in each line. Raises Unreadable."""
    days: set[date] = set()
    for line in re.split(r"[\n,;]", text):
        if line.strip():
            days |= _days(line.strip())
    return frozenset(days)


def days_text(days: frozenset[date]) -> str:
    """Return the days as they are typed, those that follow one another as a range."""
    lines: list[list[date]] = []
    for day in sorted(days):
        if lines and day - lines[-1][-1] == ONE_DAY:
            lines[-1].append(day)
        else:
            lines.append([day])
    return "\n".join(
        f"{line[0]}" if len(line) == 1 else f"{line[0]} – {line[-1]}" for line in lines
    )


def _span(part: str) -> Span:
    found = SPAN.fullmatch(part)
    if found is None:
        raise _bad_hours(part)
    hour, minute, until_hour, until_minute = (int(group or 0) for group in found.groups())
    start, end = hour * 60 + minute, until_hour * 60 + until_minute
    if max(minute, until_minute) > 59 or max(start, end) > DAY_MINUTES:
        raise _bad_hours(part)
    return start, end


def _bad_hours(part: str) -> Unreadable:
    words = _("“%(text)s” are no hours. Write them like 09:00–18:00, or 9–13, 14–18.")
    return Unreadable(words % {"text": part[:40]})


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _days(line: str) -> set[date]:
    found = RANGE.fullmatch(line)
    try:
        if found is None:
            raise ValueError
        first = date.fromisoformat(found[1])
        last = date.fromisoformat(found[2]) if found[2] else first
    except ValueError:
        words = _("“%(text)s” is no day. Write it like 2026-12-25, or 2026-12-24 – 2027-01-01.")
        raise Unreadable(words % {"text": line[:40]}) from None
    if not 0 <= (last - first).days < MOST_IN_RANGE:
        words = _("“%(text)s” does not end after it starts, or is longer than a year.")
        raise Unreadable(words % {"text": line[:40]})
    return {first + n * ONE_DAY for n in range((last - first).days + 1)}
