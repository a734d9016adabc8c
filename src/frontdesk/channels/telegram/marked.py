"""Telegram's HTML as text with marks on it, so that it can be cut without breaking a tag."""

import re
from dataclasses import dataclass
from html import escape, unescape
from typing import Self

TAG = re.compile(r"<(/?)([a-z]+)([^<>]*)>")
TEXT_UNITS = 4096
# Where a message is cut, a line's end is better than a space if it is not far.
NEAR = 600


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text under the same tags, outermost first; each as it was opened."""

    text: str
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Marked:
    """A message as runs."""

    runs: tuple[Run, ...]

    @classmethod
    def parse(cls, html: str) -> Self:
        """Read markup that we wrote ourselves: each tag is closed, in order."""
        runs: list[Run] = []
        tags: list[str] = []
        position = 0
        for found in TAG.finditer(html):
            runs.append(Run(unescape(html[position : found.start()]), tuple(tags)))
            position = found.end()
            if found[1]:
                tags.pop()
            else:
                tags.append(found[0])
        runs.append(Run(unescape(html[position:]), tuple(tags)))
        return cls(tuple(run for run in runs if run.text))

    @property
    def text(self) -> str:
        """The words without marks."""
        return "".join(run.text for run in self.runs)

    def part(self, start: int, end: int) -> str:
        """Return a stretch as HTML, with every mark that lies over it."""
        html: list[str] = []
        open_tags: tuple[str, ...] = ()
        position = 0
        for run in self.runs:
            piece = run.text[max(0, start - position) : max(0, end - position)]
            position += len(run.text)
            if piece:
                html += [*_change(open_tags, run.tags), escape(piece, quote=False)]
                open_tags = run.tags
        return "".join([*html, *_change(open_tags, ())])


def split(html: str, most: int = TEXT_UNITS) -> list[str]:
    """Return the message in pieces that Telegram takes, cut between words."""
    marked = Marked.parse(html)
    text, start, pieces = marked.text, 0, []
    while start < len(text):
        end = _end_of_piece(text, start, most)
        stretch = text[start:end]
        left = start + len(stretch) - len(stretch.lstrip())
        if stretch.strip():
            pieces.append(marked.part(left, left + len(stretch.strip())))
        start = end
    return pieces


def cut(html: str, most: int) -> tuple[str, bool]:
    """Return the beginning of a message, and whether something was left out."""
    pieces = split(html, most)
    return (pieces[0] if pieces else ""), len(pieces) > 1


def units(text: str) -> int:
    """Return the length as Telegram counts it: UTF-16."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def is_plain(html: str) -> bool:
    """Whether the message needs no markup at all."""
    return "<" not in html


def _end_of_piece(text: str, start: int, most: int) -> int:
    """Return where a piece that begins at `start` ends: at a line's end, a space, or anywhere."""
    end = min(len(text), start + most)
    while units(text[start:end]) > most:
        end -= max(1, (units(text[start:end]) - most) // 2)
    if end == len(text):
        return end
    line = text.rfind("\n", max(start + 1, end - NEAR), end + 1)
    if line > start:
        return line
    if text[end].isspace():
        return end
    space = max(text.rfind(sign, start + 1, end) for sign in (" ", "\n", "\t", "\u00a0"))
    return space if space > start else end


def _change(before: tuple[str, ...], after: tuple[str, ...]) -> list[str]:
    """Return the tags to close and to open between two runs."""
    same = 0
    while same < min(len(before), len(after)) and before[same] == after[same]:
        same += 1
    closed = [f"</{_name(tag)}>" for tag in reversed(before[same:])]
    return [*closed, *after[same:]]


def _name(tag: str) -> str:
    found = TAG.match(tag)
    assert found is not None
    return found[2]
