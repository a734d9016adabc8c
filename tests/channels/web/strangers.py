"""Who may come to which address: the table that the strangers' test goes through.

A new address without a line here fails the test: whoever adds one says who may open it.
"""

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


def _ticket(scene: Scene) -> tuple[object, ...]:
    return ("northhost", scene.ticket.pk)


def _nothing(_scene: Scene) -> tuple[object, ...]:
    return ()


def _file(scene: Scene) -> tuple[object, ...]:
    return ("northhost", scene.attachment.pk)


RULES: dict[str, Rule] = {
    # The doors.
    "home": Rule(Who.SIGNED_IN, _nothing),
    "brand_style": Rule(Who.ANYBODY),
    # Files and forms of both sides.
    "download": Rule(Who.BOTH_SIDES_OF_THE_TICKET, _file),
    "preview": Rule(Who.BOTH_SIDES_OF_THE_TICKET, lambda scene: (*_file(scene), "small")),
    "upload": Rule(Who.BOTH_SIDES, method="post"),
    "remove_upload": Rule(
        Who.BOTH_SIDES, lambda scene: ("northhost", scene.upload.pk), method="post"
    ),
    "keep_draft": Rule(Who.BOTH_SIDES, method="post", form=(("kind", "ticket"),)),
    # The client's pages. Staff without a membership are led from Home to their desk.
    "client_home": Rule(Who.BOTH_SIDES),
    "tickets": Rule(Who.CLIENTS),
    "new_ticket": Rule(Who.CLIENTS),
    "preview_subject": Rule(Who.CLIENTS, method="post"),
    "ticket": Rule(Who.READERS_OF_THE_TICKET, _ticket),
    "ticket_reply": Rule(
        Who.READERS_OF_THE_TICKET, _ticket, method="post", form=(("message", "Any news?"),)
    ),
    "ticket_close": Rule(Who.READERS_OF_THE_TICKET, _ticket, method="post"),
    "notifications": Rule(Who.CLIENTS),
    "notifications_read": Rule(Who.CLIENTS, method="post"),
}
