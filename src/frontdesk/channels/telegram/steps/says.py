"""What a step answers: the next state, what is said, and the act it asks for."""

from dataclasses import dataclass
from enum import StrEnum

from frontdesk.channels.telegram.steps.state import State


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message: it sends `data` back, or opens `url`."""

    label: str
    data: str = ""
    url: str = ""


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Say:
    """A message in Telegram's HTML.

    `is_step` marks the message that carries the dialogue's keyboard: there is one at a time,
    older ones lose theirs. `slot` is its name; `in_place` edits it if it is still that one.
    `over_pressed` edits the message whose button was pressed. `ticket` is what Telegram's
    reply to this message answers; `files` follow it.
    """

    html: str
    buttons: Rows = ()
    is_step: bool = False
    slot: str = ""
    in_place: bool = False
    over_pressed: bool = False
    ticket: int | None = None
    files: tuple[int, ...] = ()


class Act(StrEnum):
    """What a step asks to be done; its result arrives as the next `Given`."""

    OPEN = "open"
    REPLY = "reply"
    CLOSE = "close"
    KEEP_FILE = "keep_file"
    SET_LANGUAGE = "set_language"
    UNLINK = "unlink"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What follows. `toast` is the short answer to a button that changes nothing."""

    state: State
    says: tuple[Say, ...] = ()
    act: Act | None = None
    toast: str = ""
