"""Rows of lists, messages and parts of shells in HTML, kept for whoever sees the same next.

A row reads the same until its ticket changes, a message for good, and pages are looked at far
more often than that. What is kept is found by a key that holds all that it is made of: nobody
can meet a row of which he did not read every word from the database just now.
"""

import itertools
from collections.abc import Callable, Hashable, Iterable
from functools import partial
from typing import TypeVar

from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.parser import Parser
from markupsafe import Markup

from frontdesk.channels.web.folding import PageEnvironment

# Each process keeps so many, of mostly two kilobytes each, and none that is much longer.
MOST_KEPT = 4_000
LONGEST = 12_000

Row = TypeVar("Row")
_kept: dict[Hashable, str] = {}
_numbers: dict[Hashable, int] = {}
_unused = itertools.count()


def kept_html(key: Hashable, render: Callable[[], str]) -> str:
    """Return what was kept under this key; rendered, if there is none.

    The key must differ from another's wherever the HTML would.
    """
    html = _kept.get(key)
    if html is None:
        html = render()
        if len(html) <= LONGEST:
            if len(_kept) >= MOST_KEPT:
                _kept.clear()
            _kept[key] = html
    return html


def rows_in_html(
    frame: Hashable,
    rows: Iterable[Row],
    key_of: Callable[[Row], tuple[Hashable, ...]],
    render: Callable[[Row], str],
) -> Markup:
    """Return the rows one after another, each kept under its key.

    The frame is all that they have in common; the key is what a row has of its own.
    """
    number = _number_of(frame)
    pieces = []
    for row in rows:
        key = (number, *key_of(row))
        # Most are kept: without a call for each, it takes half the time.
        html = _kept.get(key)
        pieces.append(kept_html(key, partial(render, row)) if html is None else html)
    return Markup("".join(pieces))  # noqa: S704 - made by templates, which escape


def _number_of(frame: Hashable) -> int:
    """Return a number that stands for the frame in keys; to compare frames takes long."""
    number = _numbers.get(frame)
    if number is None:
        if len(_numbers) >= MOST_KEPT:
            _numbers.clear()
        number = _numbers[frame] = next(_unused)
    return number


class KeptTag(Extension):
    """`{% kept "name", key ... %} ... {% endkept %}`: shows what is between, kept under the key.

    The key is one value or several, the first of them a name that no other part has. Whatever
    can make a difference to what is between must be in it, but for the language, which is.
    """

    tags = {"kept"}
    environment: PageEnvironment

    def parse(self, parser: Parser) -> nodes.Node:
        """Read the tag."""
        line = next(parser.stream).lineno
        key = parser.parse_tuple()
        between = parser.parse_statements(("name:endkept",), drop_needle=True)
        return nodes.CallBlock(self.call_method("show", [key]), [], [], between).set_lineno(line)

    def show(self, key: Hashable, caller: Callable[[], str]) -> Markup:
        """Return what is kept, as a template calls it."""
        return Markup(kept_html((self.environment.language, key), caller))  # noqa: S704 - made by a template
