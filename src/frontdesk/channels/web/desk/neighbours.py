"""The list beside a ticket: the part of the view around it, so that one's place is kept."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from frontdesk.channels.web.desk.place import Place
from frontdesk.channels.web.visit import StaffVisit
from frontdesk.shared.keyset import Key, Order
from frontdesk.support.models import Ticket
from frontdesk.support.search import search
from frontdesk.support.statuses import Side

BEFORE, AFTER = 10, 30
COLUMNS = (
    "id",
    "subject",
    "status",
    "account__name",
    "waiting_since",
    "last_message_at",
    "is_unread",
)


@dataclass(frozen=True, slots=True)
class Line:
    """A ticket in the narrow list."""

    pk: int
    subject: str
    status: str
    client: str
    waiting_since: datetime | None
    last_message_at: datetime
    is_unread: bool


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The lines around a ticket; the numbers before and after it, None at an end of the list."""

    lines: list[Line]
    previous: int | None
    next: int | None


def load_neighbours(visit: StaffVisit, place: Place, ticket: Ticket) -> Neighbours:
    """Return the part of the place's list around the ticket, whether it is in the list or not."""
    tickets = place.tickets(visit.reach).with_unread_mark(visit.user.pk, Side.STAFF)
    if place.q:
        tickets = tickets.select_related("account")
        found = search(tickets, place.q, reach=visit.reach, limit=BEFORE + AFTER)
        lines = [_line_of(row) for row in found]
        return _around(ticket.pk, lines, preceding=0)
    order = place.list.order
    at = getattr(ticket, order.field)
    if at is None:  # answered: it has left the list, whose beginning is what comes next
        return _around(ticket.pk, _lines(order.apply(tickets)[: BEFORE + AFTER]), preceding=0)
    key = Key(at, ticket.pk)
    above = order.apply(tickets.filter(order.beyond(key, backwards=True)), backwards=True)
    below = order.apply(tickets.filter(order.beyond(key, with_key=True)))
    lines = _lines(above[:BEFORE], below[:AFTER])
    lines.sort(key=lambda line: _place(line, order), reverse=order.is_newest_first)
    mine = (at, ticket.pk)
    preceding = sum((_place(line, order) < mine) != order.is_newest_first for line in lines)
    return _around(ticket.pk, lines, preceding=preceding)


def _lines(*parts: QuerySet[Ticket, Any]) -> list[Line]:
    first, *others = [part.values_list(*COLUMNS) for part in parts]
    return (
        [Line(*row) for row in first.union(*others, all=True)]
        if others
        else [Line(*row) for row in first]
    )


def _place(line: Line, order: Order) -> tuple[datetime, int]:
    return getattr(line, order.field), line.pk


def _line_of(row: Any) -> Line:
    return Line(
        row.pk,
        row.subject,
        row.status,
        row.account.name,
        row.waiting_since,
        row.last_message_at,
        row.is_unread,
    )


def _around(number: int, lines: list[Line], *, preceding: int) -> Neighbours:
    """`preceding` is how many lines come before a ticket that is not in the list itself."""
    here = next((i for i, line in enumerate(lines) if line.pk == number), None)
    before = preceding if here is None else here
    after = before if here is None else before + 1
    return Neighbours(
        lines,
        previous=lines[before - 1].pk if before else None,
        next=lines[after].pk if after < len(lines) else None,
    )
