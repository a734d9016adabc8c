"""One ticket with what stands around its thread, for one reader, in one query."""

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, Func, JSONField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from frontdesk.accounts.models import Member, Service
from frontdesk.accounts.models.account import Right
from frontdesk.billing.models import LedgerEntry
from frontdesk.channels.web.client.thread import Person
from frontdesk.notifications.models import Notification
from frontdesk.shared.composed import Composed, compose, names_of, records_in
from frontdesk.support.access import ClientReach
from frontdesk.support.marks import (
    NUMBER,
    PROVIDER,
    READER,
    Shape,
    marked_reach,
    marks_of,
    shape_of,
)
from frontdesk.support.models import (
    Department,
    Draft,
    DraftKind,
    Event,
    EventKind,
    ReadMark,
    Ticket,
    Upload,
)

MOST_KEPT = 100
MOST_READERS = 20
MOST_LINKED = 20
BIGGEST_NUMBER = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Linked:
    """A ticket that goes on with this one, or that this one goes on with."""

    number: int
    subject: str
    status: str


@dataclass(frozen=True, slots=True)
class OneTicket:
    """A ticket and what is known around it. `seen_id` is the last message that the reader had
    seen before, `unsent` his draft of a reply, with `has_files`; `has_cost` says that the ledger
    names the ticket."""

    ticket: Ticket
    seen_id: int | None
    has_unread_rows: bool
    has_cost: bool
    readers: list[Person]
    closed_by: Person | None
    linked: list[Linked]
    unsent: dict[str, Any] | None

    @classmethod
    def of(cls, row: tuple[Any, ...]) -> Self:
        """Make it of the row that the query found."""
        ticket, department, service, seen_id, has_unread_rows, has_cost, *texts = records_in(
            row, Ticket, Department, Service
        )
        ticket.department, ticket.service = department, service
        readers, closing, linked, unsent = (json.loads(text or "null") for text in texts)
        return cls(
            ticket=ticket,
            seen_id=seen_id,
            has_unread_rows=has_unread_rows,
            has_cost=has_cost,
            readers=[Person(**one) for one in readers],
            closed_by=Person(**closing) if closing else None,
            linked=[Linked(**one) for one in linked],
            unsent=unsent,
        )

    @property
    def earlier_tickets(self) -> list[Linked]:
        """What this ticket goes on with."""
        return [one for one in self.linked if one.number == self.ticket.about_id]

    @property
    def later_tickets(self) -> list[Linked]:
        """What goes on with this ticket."""
        return [one for one in self.linked if one.number != self.ticket.about_id]

    @property
    def was_closed_by_support(self) -> bool:
        """Whether the other side closed it."""
        readers = {one.pk for one in self.readers}
        return self.closed_by is not None and self.closed_by.pk not in readers


def load_ticket(reach: ClientReach, number: int) -> OneTicket:
    """Return the ticket. Raises Ticket.DoesNotExist for one that is not the reader's."""
    if number > BIGGEST_NUMBER:
        raise Ticket.DoesNotExist
    rows = _ticket_query(shape_of(reach)).rows({**marks_of(reach), NUMBER: number})
    if not rows:
        raise Ticket.DoesNotExist
    return OneTicket.of(rows[0])


def people_words(people: list[Person], reader_id: int) -> str:
    """Return who can read a ticket as a sentence has it: You, Bob Marsh and support."""
    others = [one.name for one in people if one.pk != reader_id]
    if not others:
        return _("Only you and support")
    if len(others) > 3:
        return _("You, %(n)s colleagues and support") % {"n": len(others)}
    return _("You, %(names)s and support") % {"names": ", ".join(others)}


@lru_cache(maxsize=MOST_KEPT)
def _ticket_query(shape: Shape) -> Composed:
    visible = Ticket.objects.visible_to(marked_reach(shape))
    return compose(
        visible.filter(pk=NUMBER).values_list(
            *names_of(Ticket),
            *names_of(Department, "department__"),
            *names_of(Service, "service__"),
            Subquery(_mark().values("message_id")[:1]),
            Exists(_unread_rows()),
            Exists(LedgerEntry.objects.filter(ticket_id=OuterRef("pk"))),
            _as_json(ArraySubquery(_readers())),
            Subquery(_closing()),
            _as_json(ArraySubquery(_linked(visible))),
            Subquery(_unsent()),
        )
    )


def _as_json(array: ArraySubquery) -> Func:
    return Func(array, function="to_jsonb", output_field=JSONField())


def _mark() -> QuerySet[ReadMark]:
    return ReadMark.objects.filter(user_id=READER, ticket_id=OuterRef("pk"))


def _unread_rows() -> QuerySet[Notification]:
    mine = Notification.objects.of(user_id=READER, provider_id=PROVIDER)
    return mine.unread().order_by().filter(ticket_id=OuterRef("pk"))


def _readers() -> QuerySet[Member, Any]:
    may_read = Q(right=Right.ALL) | Q(user_id=OuterRef("requester_id"))
    members = Member.objects.filter(may_read, account_id=OuterRef("account_id"))
    person = JSONObject(pk="user_id", name="user__name")
    return members.order_by("user__name", "pk").values(person=person)[:MOST_READERS]


def _closing() -> QuerySet[Event, Any]:
    closed = Event.objects.filter(ticket_id=OuterRef("pk"), kind=EventKind.TICKET_CLOSED)
    return closed.values(person=JSONObject(pk="actor_id", name="actor__name"))[:1]


def _linked(visible: QuerySet[Ticket]) -> QuerySet[Ticket, Any]:
    around = Q(about_id=OuterRef("pk")) | Q(pk=OuterRef("about_id"))
    facts = JSONObject(number="pk", subject="subject", status="status")
    return visible.filter(around).order_by("pk").values(facts=facts)[:MOST_LINKED]


def _unsent() -> QuerySet[Draft, Any]:
    mine = {"user_id": READER, "provider_id": PROVIDER}
    files = Upload.objects.filter(**mine, key=OuterRef("key"))
    drafts = Draft.objects.filter(**mine, kind=DraftKind.REPLY, ticket_id=OuterRef("pk"))
    return drafts.values(facts=JSONObject(key="key", text="text", has_files=Exists(files)))[:1]
