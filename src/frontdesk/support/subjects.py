"""How a ticket gets its subject from the first line of its message."""

import re
import unicodedata

from frontdesk.shared.text import BIDI_CONTROLS
from frontdesk.support.models.ticket import SNIPPET_LENGTH, SUBJECT_LENGTH

# A line that is one of these and nothing more says nothing about the question.
GREETINGS = frozenset(
    {
        "hi",
        "hello",
        "hello there",
        "hi there",
        "hey",
        "dear support",
        "dear team",
        "dear sirs",
        "dear sir or madam",
        "hello support",
        "hello team",
        "hi support",
        "hi team",
        "good morning",
        "good day",
        "good afternoon",
        "good evening",
        "greetings",
        "здравствуйте",
        "добрый день",
        "добрый вечер",
        "доброе утро",
        "привет",
        "приветствую",
    }
)

# Nothing further on in a line can come into a subject or a snippet.
LINE_LENGTH = 1_000
LINE_MARKS = re.compile(r"^(?:#{1,6}|>+|[-*+]|\d{1,3}[.)])\s+")
LINK = re.compile(r"!?\[([^\]\n]{0,200})\]\([^)\s]{0,500}\)")
STRONG = re.compile(r"(\*\*|__|~~|`{1,3})(?=\S)(.{1,200}?)(?<=\S)\1")
SOFT = re.compile(r"(?<![\w*_])([*_])(?=\S)([^*_]{1,200})(?<=\S)\1(?![\w*_])")
FENCE = re.compile(r"^\s*(?:```|~~~)\S*\s*$")


def subject_from(text: str) -> str:
    """Return the subject of a message: its first line that says something, at most 120 symbols.

    Empty when the text has no visible symbol. The rule is in docs/tickets.md.
    """
    lines = filter(None, map(plain_line, text[:20_000].splitlines()))
    first = next(lines, "")
    if is_greeting(first):
        first = next(lines, first)
    return cut_at_word(first, SUBJECT_LENGTH)


def snippet_from(text: str) -> str:
    """Return the beginning of a message in one line, for lists."""
    words = " ".join(filter(None, map(plain_line, text[:2_000].splitlines())))
    return cut_at_word(words, SNIPPET_LENGTH)


def plain_line(line: str) -> str:
    """Return a line without markup, with single spaces; empty if nothing in it is visible."""
    if FENCE.match(line):
        return ""
    line = _one_spaced(line[:LINE_LENGTH])
    if not line.isprintable():  # most lines are, and hide nothing
        line = _one_spaced("".join(c for c in line if not is_invisible(c)))
    line = LINE_MARKS.sub("", line)
    line = SOFT.sub(r"\2", STRONG.sub(r"\2", LINK.sub(r"\1", line)))
    return line.strip() if any(map(is_visible, line)) else ""


def is_greeting(line: str) -> bool:
    """Whether the line is a greeting and nothing else."""
    return line.rstrip(" ,.!:").casefold() in GREETINGS


def is_invisible(symbol: str) -> bool:
    """Control symbols; joiners stay, emoji and several scripts are written with them."""
    if unicodedata.category(symbol) in {"Cc", "Cs"} or symbol in "\u200b\u2060\ufeff":
        return True
    return BIDI_CONTROLS.match(symbol) is not None


def is_visible(symbol: str) -> bool:
    """Whether the symbol puts something on the page."""
    return unicodedata.category(symbol)[0] not in {"C", "Z"}


def cut_at_word(line: str, length: int) -> str:
    """Return the line within `length` symbols, cut between words where there is a place."""
    if len(line) <= length:
        return line
    head = line[: length - 1]
    if not line[length - 1].isspace() and " " in head[length // 2 :]:
        head = head[: head.rindex(" ")]
    return head.rstrip(" ,;:-\u200d") + "…"


def _one_spaced(line: str) -> str:
    return " ".join(line.split())
