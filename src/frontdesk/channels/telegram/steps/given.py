"""What can arrive: from the person, from the clock, and from the act that a step asked for."""

from dataclasses import dataclass
from enum import StrEnum

from frontdesk.channels.telegram.steps.offers import OfferFact


class On(StrEnum):
    """The kinds of arrival, as the table of transitions names them."""

    # commands
    START = "/start"
    CREATE = "/createticket"
    HELP = "/help"
    CANCEL_COMMAND = "/cancel"
    LANGUAGE = "/language"
    UNLINK = "/unlink"
    # what is sent
    TEXT = "text"
    FILE = "file"
    OTHER = "other"
    EDITED = "edited"
    # buttons that work whenever they are pressed
    LIST = "list"
    TURN = "turn"
    NEW = "new"
    CARD = "card"
    REPLY = "reply"
    ARCHIVE = "archive"
    ARCHIVE_SURE = "archived"
    ABOUT = "about"
    SPEAK = "speak"
    STOP = "stop"
    # buttons of one dialogue
    CHOOSE = "choose"
    PAGE = "page"
    SKIP = "skip"
    BACK = "back"
    CANCEL = "cancel"
    COMPLETE = "complete"
    GO_ON = "go"
    PAY = "pay"
    GO_ON_ABOUT = "goon"
    # the clock
    EXPIRED = "expired"
    # what came of the act that a step asked for
    LINKED = "linked"
    LINK_REFUSED = "link_refused"
    UNLINKED = "unlinked"
    LANGUAGE_SET = "language_set"
    OPENED = "opened"
    REPLIED = "replied"
    CLOSED = "closed"
    FILE_KEPT = "file_kept"
    FILE_REFUSED = "file_refused"
    REFUSED = "refused"
    PRICED = "priced"


class Why(StrEnum):
    """Why an act was refused, in the dialogue's own words."""

    DEPARTMENT = "department"
    SERVICE = "service"
    ACCOUNT = "account"
    EMPTY = "empty"
    TOO_LONG = "too_long"
    SOLVED = "solved"
    NOT_FOUND = "not_found"
    TOO_FAST = "too_fast"
    # of files
    TOO_LARGE = "too_large"
    TOO_LARGE_FOR_TELEGRAM = "too_large_for_telegram"
    TOO_MANY = "too_many"
    PROGRAM = "program"
    EMPTY_FILE = "empty_file"
    TOO_MUCH = "too_much"
    NO_ROOM = "no_room"
    INFECTED = "infected"
    UNSCANNED = "unscanned"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class File:
    """A file as Telegram announces it. `size` is in bytes, None where it was not told."""

    file_id: str
    name: str
    size: int | None = None
    album: str = ""
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """One arrival. Only the fields of its kind are filled.

    `answers` is the ticket whose message the person used Telegram's reply on; `mark` tells
    which dialogue a button belongs to, empty for buttons that always work.
    """

    on: On
    message_id: int = 0
    text: str = ""
    file: File | None = None
    answers: int | None = None
    argument: str = ""
    mark: str = ""
    number: int = 0
    why: Why | None = None
    size: int = 0
    limit: int = 0
    offer: OfferFact | None = None

    @property
    def number_argument(self) -> int:
        """The argument as a number; 0 if it is none, which names nothing."""
        return int(self.argument) if self.argument.isascii() and self.argument.isdigit() else 0
