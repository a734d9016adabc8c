"""The queue: one view of the desk, as a dense list."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from frontdesk.accounts.models import Staff
from frontdesk.channels.web.desk.place import OLDEST_WAITING_FIRST, Place
from frontdesk.channels.web.desk.rail import desk_page, load_rail
from frontdesk.channels.web.visit import StaffVisit, as_staff
from frontdesk.shared.keyset import Key, Page, page_of
from frontdesk.support.models import Priority, Ticket
from frontdesk.support.models.ticket import TicketQuerySet
from frontdesk.support.search import search
from frontdesk.support.statuses import Side

PAGE_SIZE = 50
# Of a ticket, no more than its row shows.
SHOWN = (
    "subject",
    "status",
    "priority",
    "tags",
    "last_snippet",
    "last_message_at",
    "waiting_since",
    "department_id",
    "account__name",
    "assignee__user__name",
)


@require_GET
@as_staff
def queue(request: HttpRequest, visit: StaffVisit) -> HttpResponse:
    """Show one page of a view; `?filter=open` shows the filters' panel."""
    place = Place.of(request.GET)
    rail = load_rail(visit.reach)
    shown = _page(request, visit, place)
    context = {
        "place": place,
        "rail": rail,
        "tickets": shown.rows,
        "pager": shown,
        "department": rail.department(place.department) if place.department else None,
        "department_names": {line.pk: line.name for line in rail.departments},
        "oldest": _oldest_wait(request, place, shown),
        "snippet_of": snippet_of,
        "is_mixed": place.list.slug in {"mine", "unassigned", "all"},
        **_filters(request, visit, place),
    }
    return desk_page(request, "desk/queue.html", visit, context)


def rows_of(tickets: TicketQuerySet, user_id: int) -> TicketQuerySet:
    """Return the tickets with what a row of a list shows."""
    return (
        tickets.with_unread_mark(user_id, Side.STAFF)
        .select_related("account", "assignee__user")
        .only(*SHOWN)
    )


def snippet_of(ticket: Ticket) -> str:
    """Return what the last message says beyond the subject, which was made from its first line."""
    words, subject = ticket.last_snippet, ticket.subject.rstrip("…")
    return words.removeprefix(subject).lstrip(" .,:;") if words.startswith(subject) else words


def _page(request: HttpRequest, visit: StaffVisit, place: Place) -> Page[Ticket]:
    tickets = rows_of(place.tickets(visit.reach), visit.user.pk)
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    if not place.q:
        return page_of(tickets, place.list.order, after=after, before=before, size=PAGE_SIZE)
    key = Key.parse(after)
    after_number = key.id if key else None
    found = search(tickets, place.q, reach=visit.reach, limit=PAGE_SIZE + 1, after=after_number)
    shown = found[:PAGE_SIZE]
    last = str(Key(shown[-1].last_message_at, shown[-1].pk)) if len(found) > PAGE_SIZE else ""
    return Page(shown, after=last, before="")


def _oldest_wait(request: HttpRequest, place: Place, shown: Page[Ticket]) -> Any:
    """The first row of the first page has waited longest; on others nobody can tell."""
    is_first = not shown.before and "before" not in request.GET
    if place.list.order != OLDEST_WAITING_FIRST or place.q or not is_first or not shown.rows:
        return None
    return shown.rows[0].waiting_since


def _filters(request: HttpRequest, visit: StaffVisit, place: Place) -> dict[str, Any]:
    """What the panel of filters offers; loaded only when it is open."""
    if request.GET.get("filter") != "open" and not place.filters:
        return {"filter_open": False}
    colleagues = Staff.objects.filter(provider=visit.provider, is_active=True)
    return {
        "filter_open": True,
        "priorities": Priority.choices,
        "colleagues": list(colleagues.order_by("user__name", "pk").values_list("pk", "user__name")),
    }
