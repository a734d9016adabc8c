"""The list beside a ticket: the part of the view around it, so that one's place is kept."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from markupsafe import Markup

from frontdesk.channels.web.dates import Clock
from frontdesk.channels.web.desk.place import Place
from frontdesk.channels.web.kept_html import rows_in_html
from frontdesk.channels.web.visit import StaffVisit
from frontdesk.shared.composed import SOME_MOMENT, SOME_NUMBER, Composed, compose
from frontdesk.shared.keyset import Key, Order
from frontdesk.support.access import StaffReach
from frontdesk.support.models import Ticket
from frontdesk.support.models.ticket import TicketQuerySet
from frontdesk.support.search import search
from frontdesk.support.statuses import Side

BEFORE, AFTER = 10, 30
MOST_KEPT = 500
COLUMNS = (
    "id",
    "subject",
    "status",
    "account__name",
    "waiting_since",
    "last_message_at",
    "is_unread",
)


class Line(NamedTuple):
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

    def in_html(self, one_line: Callable[[Line, bool, str], str], number: int, at: str) -> Markup:
        """Return the lines around a ticket as the template's macro shows them `at` a place."""
        clock = Clock()
        frame = ("beside a ticket", clock.frame, at)

        def wait(line: Line) -> str:
            return clock.short_wait(line.waiting_since or line.last_message_at)

        return rows_in_html(
            frame,
            self.lines,
            lambda line: (line.pk == number, wait(line), line),
            lambda line: one_line(line, line.pk == number, wait(line)),
        )


def load_neighbours(visit: StaffVisit, place: Place, ticket: Ticket) -> Neighbours:
    """Return the part of the place's list around the ticket, whether it is in the list or not."""
    if place.q:
        return _around(ticket.pk, _found(visit, place), preceding=0)
    order = place.list.order
    at = getattr(ticket, order.field)
    if at is None:  # answered: it has left the list, whose beginning is what comes next
        lines = [Line._make(row) for row in _beginning(visit.reach, place).rows()]
        return _around(ticket.pk, lines, preceding=0)
    rows = _surroundings(visit.reach, place).rows({SOME_MOMENT: at, SOME_NUMBER: ticket.pk})
    lines = [Line._make(row) for row in rows]
    lines.sort(key=lambda line: _place(line, order), reverse=order.is_newest_first)
    mine = (at, ticket.pk)
    preceding = sum((_place(line, order) < mine) != order.is_newest_first for line in lines)
    return _around(ticket.pk, lines, preceding=preceding)


@lru_cache(maxsize=MOST_KEPT)
def _beginning(reach: StaffReach, place: Place) -> Composed:
    rows = place.list.order.apply(_tickets(reach, place))
    return compose(rows.values_list(*COLUMNS)[: BEFORE + AFTER])


@lru_cache(maxsize=MOST_KEPT)
def _surroundings(reach: StaffReach, place: Place) -> Composed:
    order, key = place.list.order, Key(SOME_MOMENT, SOME_NUMBER)
    tickets = _tickets(reach, place)
    above = order.apply(tickets.filter(order.beyond(key, backwards=True)), backwards=True)
    below = order.apply(tickets.filter(order.beyond(key, with_key=True)))
    return compose(
        above.values_list(*COLUMNS)[:BEFORE].union(below.values_list(*COLUMNS)[:AFTER], all=True)
    )


def _tickets(reach: StaffReach, place: Place) -> TicketQuerySet:
    return place.tickets(reach).with_unread_mark(reach.user_id, Side.STAFF)


def _found(visit: StaffVisit, place: Place) -> list[Line]:
    tickets = _tickets(visit.reach, place).select_related("account")
    found: list[Any] = search(tickets, place.q, reach=visit.reach, limit=BEFORE + AFTER)
    return [
        Line(
            row.pk,
            row.subject,
            row.status,
            row.account.name,
            row.waiting_since,
            row.last_message_at,
            row.is_unread,
        )
        for row in found
    ]


def _place(line: Line, order: Order) -> tuple[datetime, int]:
    return getattr(line, order.field), line.pk


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
