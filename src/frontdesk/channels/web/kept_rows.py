"""Rows of lists in HTML, kept for whoever sees the same ones next.

A row reads the same until its ticket changes, and lists are looked at far more often than that.
What is kept is found by a key that holds all that a row is made of: nobody can meet a row of
which he did not read every word from the database just now.
"""

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

from django.utils.translation import get_language
from markupsafe import Markup

from frontdesk.channels.web.dates import Clock

# Some two kilobytes each, in each process.
MOST_KEPT = 2_000

Row = TypeVar("Row")
_kept: dict[Hashable, str] = {}


def rows_in_html(
    rows: Iterable[Row], key_of: Callable[[Row], Hashable], render: Callable[[Row], str]
) -> Markup:
    """Return the rows one after another; only those that are not kept are rendered.

    The key of a row must differ from another's wherever its HTML would.
    """
    pieces = []
    for row in rows:
        key = key_of(row)
        html = _kept.get(key)
        if html is None:
            if len(_kept) >= MOST_KEPT:
                _kept.clear()
            html = _kept[key] = str(render(row))
        pieces.append(html)
    return Markup("".join(pieces))  # noqa: S704 - made by templates, which escape


def words_of(clock: Clock) -> Hashable:
    """Return what decides how the words and days of all rows of an answer read."""
    return get_language(), clock.zone, clock.today
