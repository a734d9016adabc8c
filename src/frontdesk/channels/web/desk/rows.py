"""The rows of the desk's lists: what each shows, loaded by a query composed once for each place."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from django.db.models import F, Func, TextField, Value
from markupsafe import Markup

from frontdesk.channels.web.dates import Clock
from frontdesk.channels.web.desk.place import Place
from frontdesk.channels.web.kept_html import rows_in_html
from frontdesk.channels.web.visit import StaffVisit
from frontdesk.shared.composed import SOME_MOMENT, SOME_NUMBER, Composed, compose
from frontdesk.shared.keyset import Key, Order, Page, Way, page_from, way_of
from frontdesk.support.access import StaffReach
from frontdesk.support.models.ticket import Priority, TicketQuerySet
from frontdesk.support.search import search
from frontdesk.support.statuses import Side

PAGE_SIZE = 50
MOST_KEPT = 500


class Row(NamedTuple):
    """A ticket in a list."""

    id: int
    subject: str
    status: str
    priority: int
    last_snippet: str
    last_message_at: datetime
    waiting_since: datetime | None
    department_id: int
    tag_lines: str
    client: str
    who: str | None
    who_id: int | None
    is_unread: bool

    @property
    def pk(self) -> int:
        """The ticket's number."""
        return self.id

    @property
    def since(self) -> datetime:
        """When the wait for an answer began."""
        return self.waiting_since or self.last_message_at

    @property
    def tags(self) -> list[str]:
        """Its tags."""
        return self.tag_lines.splitlines()

    @property
    def priority_words(self) -> str:
        """How urgent it is."""
        return str(Priority(self.priority).label)

    @property
    def snippet(self) -> str:
        """What the last message says beyond the subject, which was made from its first line."""
        words, subject = self.last_snippet, self.subject.rstrip("…")
        return words.removeprefix(subject).lstrip(" .,:;") if words.startswith(subject) else words


# Tags as text, which costs less than a list; none has a line's end in it.
TAG_LINES = Func(F("tags"), Value("\n"), function="array_to_string", output_field=TextField())
# The columns that are the ticket's own; the others are annotated.
OWN_COLUMNS = Row._fields[:8]


@dataclass(frozen=True, slots=True)
class QueueRows:
    """The rows of a place's list; `departments` holds by their ids the names that are shown."""

    found: list[Row]
    slug: str
    place: Place
    departments: dict[int, str]
    clock: Clock

    def __len__(self) -> int:
        return len(self.found)

    def in_html(self, one_row: Callable[[Row, str, str], str]) -> Markup:
        """Return all rows, each as the template's macro shows it."""
        clock, departments, is_waiting = self.clock, self.departments, self.place.is_waiting
        frame = ("queue", clock.frame, self.slug, self.place, bool(departments))

        def key_of(row: Row) -> tuple[Hashable, ...]:
            wait = clock.short_wait(row.since) if is_waiting else clock.age(row.last_message_at)
            return wait, departments.get(row.department_id), row

        def render(row: Row) -> str:
            wait = clock.short_wait(row.since)
            time = wait if is_waiting else clock.relative_time(row.last_message_at)
            return one_row(row, departments.get(row.department_id, ""), time)

        return rows_in_html(frame, self.found, key_of, render)


def load_page(visit: StaffVisit, place: Place, *, after: str, before: str) -> Page[Row]:
    """Return the page of the place's list that an address asks for."""
    if place.q:
        return _search_page(visit, place, after)
    way, key = way_of(after, before)
    return _run(_of_place(visit.reach, place, way), place.list.order, way, key)


def load_rows(
    tickets: TicketQuerySet, order: Order, user_id: int, *, after: str, before: str
) -> Page[Row]:
    """Return a page of any tickets loaded through `visible_to`."""
    way, key = way_of(after, before)
    return _run(_composed(tickets, order, user_id, way), order, way, key)


@lru_cache(maxsize=MOST_KEPT)
def _of_place(reach: StaffReach, place: Place, way: Way) -> Composed:
    # Kept by what the person may reach: when that changes, it is another query.
    return _composed(place.tickets(reach), place.list.order, reach.user_id, way)


def _composed(tickets: TicketQuerySet, order: Order, user_id: int, way: Way) -> Composed:
    is_back = way is Way.BACK
    if way is not Way.FIRST:
        tickets = tickets.filter(order.beyond(Key(SOME_MOMENT, SOME_NUMBER), backwards=is_back))
    rows = _with_columns(tickets, user_id)
    return compose(order.apply(rows, backwards=is_back).values_list(*Row._fields)[: PAGE_SIZE + 1])


def _with_columns(tickets: TicketQuerySet, user_id: int) -> TicketQuerySet:
    return tickets.with_unread_mark(user_id, Side.STAFF).annotate(
        tag_lines=TAG_LINES,
        client=F("account__name"),
        who=F("assignee__user__name"),
        who_id=F("assignee__user_id"),
    )


def _run(query: Composed, order: Order, way: Way, key: Key | None) -> Page[Row]:
    marks = {SOME_MOMENT: key.at, SOME_NUMBER: key.id} if key else None
    found = [Row._make(row) for row in query.rows(marks)]
    return page_from(found, order, way, size=PAGE_SIZE)


def _search_page(visit: StaffVisit, place: Place, after: str) -> Page[Row]:
    tickets = _with_columns(place.tickets(visit.reach), visit.user.pk).only(*OWN_COLUMNS)
    last = int(after) if after.isascii() and after.isdigit() else None
    found = search(tickets, place.q, reach=visit.reach, limit=PAGE_SIZE + 1, after=last)
    shown = [Row._make(getattr(ticket, name) for name in Row._fields) for ticket in found]
    is_longer = len(shown) > PAGE_SIZE
    shown = shown[:PAGE_SIZE]
    return Page(shown, after=str(shown[-1].pk) if is_longer else "", before="")
