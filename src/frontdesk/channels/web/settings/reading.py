"""Reads ids out of forms; what is no id was made up and names nothing."""

from collections.abc import Iterable

MOST_DIGITS = 18


def ids(texts: Iterable[str]) -> frozenset[int]:
    """Return the ids among these texts."""
    return frozenset(int(text) for text in texts if _is_id(text))


def one_id(text: str) -> int | None:
    """Return the id a field names; None for an empty field, 0 for what can be none."""
    if not text:
        return None
    return int(text) if _is_id(text) else 0


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
