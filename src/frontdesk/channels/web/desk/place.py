"""Where one is in the desk: a view with its filters, exactly as the address says it."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Self
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from frontdesk.shared.keyset import Order
from frontdesk.shared.text import storable
from frontdesk.support.access import StaffReach
from frontdesk.support.models import Priority, Ticket
from frontdesk.support.models.ticket import TicketQuerySet

OLDEST_WAITING_FIRST = Order("waiting_since", is_newest_first=False)
NEWEST_ACTIVITY_FIRST = Order("last_message_at", is_newest_first=True)

ME, NOBODY = "me", "nobody"
MOST_DIGITS = 18
WORDS_LENGTH = 200
# Addresses that are remembered: a page of the desk says its own a dozen times.
MOST_KEPT = 500


@dataclass(frozen=True, slots=True)
class View:
    """One of the desk's lists: which tickets, in which order, under which name."""

    slug: str
    title: str | Promise
    icon: str
    select: Callable[[TicketQuerySet, StaffReach], TicketQuerySet]
    order: Order = NEWEST_ACTIVITY_FIRST


NEEDS_REPLY = View(
    "needs_reply",
    _("Needs reply"),
    "inbox",
    lambda tickets, _reach: tickets.waiting_for_support(),
    OLDEST_WAITING_FIRST,
)
ALL = View("all", _("All tickets"), "file", lambda tickets, _reach: tickets)
VIEWS = (
    NEEDS_REPLY,
    View("mine", _("Mine"), "user", lambda tickets, reach: tickets.assigned_to(reach.staff_id)),
    View("unassigned", _("Unassigned"), "hand", lambda tickets, _reach: tickets.unassigned()),
    View(
        "waiting",
        _("Waiting for client"),
        "wait",
        lambda tickets, _reach: tickets.waiting_for_client(),
    ),
    View("solved", _("Solved"), "solved", lambda tickets, _reach: tickets.solved()),
    ALL,
)
BY_SLUG = {view.slug: view for view in VIEWS}


@dataclass(frozen=True, slots=True)
class Place:
    """A view and its filters. What an address says that is no filter of ours is ignored."""

    view: str = ""
    department: str = ""
    priority: str = ""
    tag: str = ""
    assignee: str = ""
    q: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        """Return the place that an address names."""
        given = {field.name: words_in(query, field.name) for field in fields(cls)}
        if given["view"] not in BY_SLUG:
            given["view"] = ""
        for name in ("department", "priority"):
            given[name] = _number(given[name])
        if given["assignee"] not in {ME, NOBODY}:
            given["assignee"] = _number(given["assignee"])
        given["tag"] = given["tag"].lower()
        return cls(**given)

    @property
    def list(self) -> View:
        """The view; words alone are looked for in all tickets."""
        return BY_SLUG[self.view] if self.view else ALL if self.q else NEEDS_REPLY

    @property
    def is_mixed(self) -> bool:
        """Whether its tickets differ in status."""
        return self.list.slug in {"mine", "unassigned", "all"}

    @property
    def is_waiting(self) -> bool:
        """Whether its tickets wait for an answer, so that it matters how long."""
        return self.list.slug in {"needs_reply", "waiting"}

    @property
    def filters(self) -> int:
        """How many filters of the panel are set; a department is a view of its own."""
        return sum(map(bool, (self.priority, self.tag, self.assignee)))

    @property
    def is_whole(self) -> bool:
        """Whether it is all of the view, so that the view's counter counts it."""
        return not (self.filters or self.department or self.q)

    def query(self, **changes: object) -> str:
        """Return what follows the address of a page to stay at this place, or nearly."""
        return _query(self, *((name, str(value)) for name, value in changes.items()))

    def tickets(self, reach: StaffReach) -> TicketQuerySet:
        """Return the tickets of this place that this person may see, in no order yet."""
        tickets = self.list.select(Ticket.objects.visible_to(reach), reach)
        if self.department:
            tickets = tickets.filter(department_id=int(self.department))
        if self.priority:
            tickets = tickets.filter(priority=int(self.priority))
        if self.tag:
            tickets = tickets.filter(tags__contains=[self.tag])
        if self.assignee == NOBODY:
            tickets = tickets.filter(assignee__isnull=True)
        elif self.assignee:
            staff_id = reach.staff_id if self.assignee == ME else int(self.assignee)
            tickets = tickets.filter(assignee_id=staff_id)
        return tickets


@lru_cache(maxsize=MOST_KEPT)
def _query(place: Place, *changes: tuple[str, str]) -> str:
    parts = {field.name: getattr(place, field.name) for field in fields(place)} | dict(changes)
    found = urlencode({name: value for name, value in parts.items() if value})
    return f"?{found}" if found else ""


def words_in(query: QueryDict, name: str = "q") -> str:
    """Return what an address says under a name, as the database can hold it."""
    return storable(query.get(name, "")).strip()[:WORDS_LENGTH]


def priority_of(text: str) -> Priority | None:
    """Return the priority that a form names; None for what is not one."""
    return Priority(int(text)) if text in {str(p.value) for p in Priority} else None


def _number(text: str) -> str:
    return text if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else ""
