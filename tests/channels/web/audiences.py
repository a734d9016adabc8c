"""Who of the house is let in where, and who is turned away: the words of the strangers' table."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from frontdesk.support.models import Attachment, Ticket, Upload
from tests.people import House


@dataclass(slots=True)
class Scene:
    """Alice's ticket in Technical support with a file, and a file that waits in her form."""

    house: House
    ticket: Ticket
    attachment: Attachment
    upload: Upload


class Who(Enum):
    """An audience: who of the house is let in, and who is turned away."""

    ANYBODY = (("alice", "sam", "sven"), ())
    SIGNED_IN = (("alice", "sam", "sven"), ("anonymous",))
    CLIENTS = (("alice", "bob", "carol"), ("anonymous", "sam", "omar", "sven"))
    READERS_OF_THE_TICKET = (
        ("alice",),
        ("anonymous", "bob", "carol", "dora", "sam", "omar", "sven"),
    )
    STAFF = (("sam", "omar", "hana", "ada"), ("anonymous", "alice", "carol", "sven"))
    STAFF_OF_THE_DEPARTMENT = (
        ("sam", "hana", "ada"),
        ("anonymous", "alice", "bob", "carol", "omar", "sven"),
    )
    ADMINISTRATORS = (("ada",), ("anonymous", "alice", "sam", "hana", "sven"))
    BOTH_SIDES = (("alice", "sam"), ("anonymous", "sven"))
    BOTH_SIDES_OF_THE_TICKET = (
        ("alice", "sam", "hana"),
        ("anonymous", "bob", "carol", "dora", "omar", "sven"),
    )

    READERS_OF_A_LEDGER = (("alice", "carol"), ("anonymous", "bob", "sam", "ada", "sven"))
    READERS_OF_THE_SERVICE = (
        ("alice", "bob"),
        ("anonymous", "carol", "dora", "sam", "ada", "sven"),
    )
    OWNER_OF_THE_ACCOUNT = (("alice",), ("anonymous", "bob", "carol", "sam", "ada", "sven"))
    ALICE = (("alice",), ("anonymous", "bob", "carol", "dora", "sam", "ada", "sven"))
    # What one has oneself, such as a passkey; the people of the house have none.
    WHO_HAS_ONE = ((), ("anonymous", "alice", "sam"))
    HEADS = (("hana", "ada"), ("anonymous", "alice", "sam", "sven"))
    NOBODY = ((), ("alice", "sam", "ada", "sven"))

    @property
    def guests(self) -> tuple[str, ...]:
        """Those who may come."""
        return self.value[0]

    @property
    def strangers(self) -> tuple[str, ...]:
        """Those for whom there is no such page."""
        return self.value[1]


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may come to an address, with which arguments it is tried, and by which method."""

    who: Who
    arguments: Callable[[Scene], tuple[object, ...]] = lambda scene: ("northhost",)
    method: str = "get"
    form: tuple[tuple[str, str], ...] = ()
