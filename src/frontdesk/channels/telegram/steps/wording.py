"""Fills the bot's words with facts; everything that came from a person is escaped on the way."""

from html import escape
from typing import Any

from markupsafe import Markup

from frontdesk.channels.telegram.steps import texts
from frontdesk.channels.telegram.steps.facts import Card
from frontdesk.channels.telegram.steps.state import Dialogue

MEGABYTE = 1024 * 1024


def fill(words: Any, **values: object) -> str:
    """Return the words with their values; text is escaped, `Markup` is taken as it is."""
    filled = {name: _safe(value) for name, value in values.items()}
    return str(words % filled) if filled else str(words)


def safe(text: str) -> str:
    """Return text from people as it may stand in a message."""
    return escape(text, quote=False)


def _safe(value: object) -> object:
    if isinstance(value, Markup):
        return str(value)
    return safe(value) if isinstance(value, str) else value


def quoted(names: tuple[str, ...]) -> Markup:
    """Return file names in quotes, for the middle of a sentence."""
    return Markup(", ".join(f"“{safe(name)}”" for name in names))  # noqa: S704


def megabytes(size: int) -> str:
    """Return a size in MB, never rounded down to the limit that it breaks."""
    tenths = -(-size * 10 // MEGABYTE)
    whole, rest = divmod(tenths, 10)
    return f"{whole}.{rest}" if rest and whole < 10 else f"{whole + bool(rest)}"


def heading(ticket: Card) -> str:
    """Return the first line of everything said about a ticket."""
    return fill(texts.HEADING, number=ticket.number, status=status(ticket))


def status(ticket: Card) -> str:
    """Return the status in the words of the chat."""
    if ticket.is_solved:
        return str(texts.SOLVED)
    return str(texts.WAITING_FOR_YOUR_REPLY if ticket.waits_for_client else texts.IN_PROGRESS)


def card(ticket: Card) -> str:
    """Return a ticket with its last message."""
    place = f"{ticket.provider_name} · {ticket.department_name} · {ticket.time}"
    subject = f"<b>{safe(ticket.subject)}</b>"
    return f"{heading(ticket)}\n{subject}\n{safe(place)}\n\n{last_message(ticket)}"


def last_message(ticket: Card) -> str:
    """Return who wrote last, and what."""
    return f"<b>{safe(ticket.author)}:</b> {ticket.html}"


def places(names: tuple[tuple[str, str], ...]) -> Markup:
    """Return accounts with their providers, for the middle of a sentence."""
    pairs = (fill(texts.PLACE, account=account, provider=provider) for account, provider in names)
    return Markup(", ".join(pairs))  # noqa: S704 - each is filled and so escaped


def added(dialogue: Dialogue) -> str:
    """Return how much was received so far."""
    counts = {
        "count": len(dialogue.texts),
        "files": len(dialogue.files),
        "most": dialogue.limits.files,
    }
    if dialogue.is_closed:
        return fill(texts.CLOSED_AND_KEPT, number=dialogue.ticket, **counts)
    head = fill(texts.REPLY_TO, number=dialogue.ticket) + "\n" if dialogue.is_named else ""
    return head + fill(texts.ADDED, **counts)


def commands() -> str:
    """Return what /help says."""
    lines = "\n".join(f"/{name} - {about}" for name, about in texts.COMMANDS)
    return f"{texts.HELP}\n{lines}"
