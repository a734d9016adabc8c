"""The queries of the client's lists, each composed once for all readers of one shape."""

from collections.abc import Sequence
from functools import lru_cache

from frontdesk.accounts.models import Provider
from frontdesk.channels.web.client.chosen import ALL, STATUSES, Chosen
from frontdesk.channels.web.client.forms import read_id
from frontdesk.channels.web.client.rows import OWN_COLUMNS, Columns, with_columns
from frontdesk.channels.web.counting import BoundedCount
from frontdesk.shared.composed import SOME_MOMENT, SOME_NUMBER, Composed, compose
from frontdesk.shared.keyset import Key, Order, Page, Way, page_from, way_of
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
from frontdesk.support.models import Ticket
from frontdesk.support.models.ticket import TicketQuerySet
from frontdesk.support.search import search
from frontdesk.support.statuses import Status

PAGE_SIZE = 50
NEWEST_ACTIVITY_FIRST = Order("last_message_at", is_newest_first=True)
MOST_KEPT = 500
# The columns that say how many tickets each status has.
COUNTS = tuple(f"count_of_{status}" for status in Status)
COUNTED = len(COUNTS)

# How many there are of each choice of the list, by its name.
Counts = tuple[tuple[str, int], ...]


def load_page(
    reach: ClientReach, chosen: Chosen, *, after: str, before: str
) -> tuple[Page[Columns], Counts]:
    """Return the page of the list that an address asks for, and the counts beside it.

    What is looked for by words is not counted.
    """
    if chosen.query:
        return _search_page(reach, chosen, after), ()
    way, key = way_of(after, before)
    query = _page_query(shape_of(reach), chosen.status, chosen.account_id is not None, way)
    marks = {**marks_of(reach), NUMBER: chosen.account_id}
    if key:
        marks |= {SOME_MOMENT: key.at, SOME_NUMBER: key.id}
    rows = query.rows(marks)
    found = [Columns._make(row[COUNTED:]) for row in rows]
    shown = page_from(found, NEWEST_ACTIVITY_FIRST, way, size=PAGE_SIZE)
    if rows:
        return shown, _counts(rows[0][:COUNTED])
    return shown, load_counts(reach, chosen.account_id)


def load_active(reach: ClientReach, *, most: int) -> list[Columns]:
    """Return the first open tickets, those that wait for the client before the others."""
    return [
        Columns._make(row) for row in _active_query(shape_of(reach), most).rows(marks_of(reach))
    ]


def load_counts(reach: ClientReach, account_id: int | None) -> Counts:
    """Return how many there are of each choice; no status is counted beyond the bound."""
    query = _counts_query(shape_of(reach), account_id is not None)
    [row] = query.rows({**marks_of(reach), NUMBER: account_id})
    return _counts(row)


def _counts(row: Sequence[int]) -> Counts:
    found = dict(zip(Status, row, strict=True))
    return tuple((name, sum(found[status] for status in group)) for name, group in STATUSES.items())


@lru_cache(maxsize=MOST_KEPT)
def _page_query(shape: Shape, status: str, is_of_account: bool, way: Way) -> Composed:
    is_back = way is Way.BACK
    tickets = _visible(shape, is_of_account=is_of_account)
    if status != ALL:
        tickets = tickets.filter(status__in=STATUSES[status])
    if way is not Way.FIRST:
        beyond = NEWEST_ACTIVITY_FIRST.beyond(Key(SOME_MOMENT, SOME_NUMBER), backwards=is_back)
        tickets = tickets.filter(beyond)
    rows = NEWEST_ACTIVITY_FIRST.apply(with_columns(tickets, READER), backwards=is_back)
    # Counted once for all rows: nothing in it is of a row.
    rows = rows.annotate(**_columns_of_counts(shape, is_of_account=is_of_account))
    return compose(rows.values_list(*COUNTS, *Columns._fields)[: PAGE_SIZE + 1])


@lru_cache(maxsize=MOST_KEPT)
def _active_query(shape: Shape, most: int) -> Composed:
    tickets = with_columns(_visible(shape).open(), READER)
    # By its code the status that waits for the client comes last: backwards, it comes first.
    ordered = tickets.order_by("-status", "-last_message_at", "-pk")
    return compose(ordered.values_list(*Columns._fields)[:most])


@lru_cache(maxsize=MOST_KEPT)
def _counts_query(shape: Shape, is_of_account: bool) -> Composed:
    counts = _columns_of_counts(shape, is_of_account=is_of_account)
    one_row = Provider.objects.filter(pk=PROVIDER)
    return compose(one_row.annotate(**counts).values_list(*COUNTS))


def _columns_of_counts(shape: Shape, *, is_of_account: bool) -> dict[str, BoundedCount]:
    tickets = _visible(shape, is_of_account=is_of_account)
    counted = [BoundedCount(tickets.filter(status=status)) for status in Status]
    return dict(zip(COUNTS, counted, strict=True))


def _visible(shape: Shape, *, is_of_account: bool = False) -> TicketQuerySet:
    tickets = Ticket.objects.visible_to(marked_reach(shape))
    return tickets.filter(account_id=NUMBER) if is_of_account else tickets


def _search_page(reach: ClientReach, chosen: Chosen, after: str) -> Page[Columns]:
    """Return a page of what search finds; its pages go on from the last ticket's number."""
    tickets = Ticket.objects.visible_to(reach)
    if chosen.status != ALL:
        tickets = tickets.filter(status__in=STATUSES[chosen.status])
    if chosen.account_id:
        tickets = tickets.filter(account_id=chosen.account_id)
    tickets = with_columns(tickets, reach.user_id).only(*OWN_COLUMNS)
    tickets_found = search(
        tickets, chosen.query, reach=reach, limit=PAGE_SIZE + 1, after=read_id(after)
    )
    found = [Columns._make(getattr(one, name) for name in Columns._fields) for one in tickets_found]
    shown = found[:PAGE_SIZE]
    return Page(shown, after=str(shown[-1].pk) if len(found) > PAGE_SIZE else "", before="")
