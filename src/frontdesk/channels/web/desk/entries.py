"""What stands in a thread: an entry with its person and files, and changes folded together."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby
from typing import Any

from frontdesk.support.models import EventKind
from frontdesk.support.statuses import Side

MESSAGE, NOTE, CHANGE, CHANGES = "message", "note", "change", "changes"
# Fewer changes in a row are told one by one.
FEWEST_FOLDED = 3
STANDS_ALONE = frozenset(
    {
        EventKind.TICKET_OPENED,
        EventKind.TICKET_CLOSED,
        EventKind.CHARGED,
        EventKind.REFUNDED,
    }
)


@dataclass(frozen=True, slots=True)
class Person:
    """Whose entry it is."""

    pk: int
    name: str

    @property
    def first_name(self) -> str:
        """The name a sentence uses."""
        return self.name.partition(" ")[0]


@dataclass(frozen=True, slots=True)
class File:
    """A file of a message, as the page shows it; sizes in bytes and pixels."""

    pk: int
    name: str
    size: int
    width: int | None
    height: int | None

    @property
    def is_image(self) -> bool:
        """Whether a preview can be shown."""
        return self.width is not None


@dataclass(frozen=True, slots=True)
class Change:
    """What an event says, with the names that its ids stand for."""

    kind: EventKind
    data: dict[str, Any]
    staff: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in the thread: a message, a note, a change, or several changes folded."""

    sort: str
    id: int
    created_at: datetime
    person: Person
    side: str = ""
    channel: str = ""
    text: str = ""
    files: tuple[File, ...] = ()
    change: Change | None = None
    folded: "tuple[Entry, ...]" = field(default=())

    @property
    def name(self) -> str:
        """The entry's own name on the page."""
        return f"{self.sort}-{self.id}"

    @property
    def is_support(self) -> bool:
        """Whether staff wrote it."""
        return self.side == Side.STAFF


def fold(entries: list[Entry]) -> list[Entry]:
    """Return the entries with several changes in a row made one; closings and money stay."""
    shown: list[Entry] = []
    for is_minor, run in groupby(entries, key=_is_minor):
        row = list(run)
        if is_minor and len(row) >= FEWEST_FOLDED:
            shown.append(replace(row[0], sort=CHANGES, folded=tuple(row)))
        else:
            shown += row
    return shown


def _is_minor(entry: Entry) -> bool:
    return entry.change is not None and entry.change.kind not in STANDS_ALONE
