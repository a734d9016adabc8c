"""Reads Telegram's HTML as strictly as Telegram does."""

import re
from html import unescape
from typing import Any

TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-spoiler": "spoiler",
    "a": "text_link",
}
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:\s[^<>]*)?)>")
HREF = re.compile(r"""href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")


class BadMarkup(ValueError):
    """The markup cannot be parsed."""


def parse_html(source: str) -> tuple[str, list[dict[str, Any]]]:
    """Return the text and its entities, counted in UTF-16 units.

    Raises BadMarkup for an unknown, unclosed or crossed tag.
    """
    text, entities, open_tags = "", [], []
    position = 0
    for found in TAG.finditer(source):
        text += _plain(source[position : found.start()])
        position = found.end()
        is_end, name, rest = found[1] == "/", found[2].lower(), found[3]
        if name not in TAGS:
            raise BadMarkup(f'unsupported start tag "{name}" at byte offset {found.start()}')
        if not is_end:
            open_tags.append((name, utf16_length(text), rest))
            continue
        if not open_tags or open_tags[-1][0] != name:
            raise BadMarkup(f"unexpected end tag at byte offset {found.start()}")
        entities += _entity(*open_tags.pop(), end=utf16_length(text))
    text += _plain(source[position:])
    if open_tags:
        raise BadMarkup(f'can\'t find end tag corresponding to start tag "{open_tags[-1][0]}"')
    return text, sorted(entities, key=lambda entity: entity["offset"])


def utf16_length(text: str) -> int:
    """Return the length as Telegram counts offsets."""
    return len(text.encode("utf-16-le")) // 2


def _plain(part: str) -> str:
    if "<" in part:
        raise BadMarkup('unexpected "<" in the text')
    return unescape(part)


def _entity(name: str, start: int, rest: str, *, end: int) -> list[dict[str, Any]]:
    if end == start:
        return []
    entity: dict[str, Any] = {"type": TAGS[name], "offset": start, "length": end - start}
    if name == "a":
        found = HREF.search(rest)
        if not found:
            return []
        entity["url"] = unescape(found[1] or found[2] or found[3] or "")
    return [entity]
