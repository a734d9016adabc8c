"""All tickets: every one the person may read, newest activity first."""

from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from frontdesk.channels.web.client.forms import read_id
from frontdesk.channels.web.client.fragments import wanted_part
from frontdesk.channels.web.client.rows import rows_of, with_row_columns
from frontdesk.channels.web.dates import Clock
from frontdesk.channels.web.render import COUNT_BOUND, client_page, page
from frontdesk.channels.web.visit import ClientVisit, as_client
from frontdesk.shared.keyset import Order, Page, page_of
from frontdesk.support.models import Ticket
from frontdesk.support.models.ticket import TicketQuerySet
from frontdesk.support.search import QUERY_LENGTH, search
from frontdesk.support.statuses import OPEN, Status

PAGE_SIZE = 50
NEWEST_ACTIVITY_FIRST = Order("last_message_at", is_newest_first=True)
ALL = "all"
STATUSES: dict[str, tuple[Status, ...]] = {
    ALL: tuple(Status),
    "open": OPEN,
    "waiting_for_reply": (Status.WAITING_FOR_REPLY,),
    "in_progress": (Status.IN_PROGRESS,),
    "solved": (Status.SOLVED,),
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the address chooses; what is no choice of ours is ignored."""

    status: str
    query: str
    account_id: int | None

    @classmethod
    def of(cls, request: HttpRequest, visit: ClientVisit) -> "Chosen":
        """Return what the request's address chooses."""
        status, account = request.GET.get("status", ALL), request.GET.get("account", "")
        return cls(
            status=status if status in STATUSES else ALL,
            query=request.GET.get("q", "").replace("\x00", "").strip()[:QUERY_LENGTH],
            account_id=next((one.pk for one in visit.accounts if str(one.pk) == account), None),
        )

    @property
    def is_everything(self) -> bool:
        """Whether nothing narrows the list."""
        return self == Chosen(ALL, "", None)

    def address(self, **changes: object) -> str:
        """Return what follows the page's address for the same list, or nearly."""
        values = {
            "status": "" if self.status == ALL else self.status,
            "q": self.query,
            "account": self.account_id,
            **changes,
        }
        query = urlencode({name: value for name, value in values.items() if value})
        return f"?{query}" if query else ""


@require_safe
@as_client
def tickets(request: HttpRequest, visit: ClientVisit) -> HttpResponse:
    """Show one page of the list; htmx gets the part of it that it names as its target."""
    chosen = Chosen.of(request, visit)
    found = Ticket.objects.visible_to(visit.reach)
    if chosen.account_id:
        found = found.filter(account_id=chosen.account_id)
    context = {
        "section": "tickets",
        "chosen": chosen,
        "counts": {} if chosen.query else _counts(found),
    }
    part = wanted_part(request)
    if part == "ticket-counts":
        return page(request, "client/parts/ticket_counts.html", visit, context)
    shown = _page(request, visit, with_row_columns(found, visit), chosen)
    context |= {"rows": rows_of(shown.rows, visit, Clock().exact_time), "pager": shown}
    if part is not None:
        return page(request, "client/parts/ticket_list.html", visit, context)
    return client_page(request, "client/tickets.html", visit, context)


def _counts(tickets: TicketQuerySet) -> dict[str, int]:
    """Return how many there are of each choice; no status is counted beyond the bound."""
    each = [
        tickets.filter(status=status).order_by().values_list("status", flat=True)[:COUNT_BOUND]
        for status in Status
    ]
    found = Counter(each[0].union(*each[1:], all=True))
    return {name: sum(found[status] for status in group) for name, group in STATUSES.items()}


def _page(
    request: HttpRequest, visit: ClientVisit, tickets: TicketQuerySet, chosen: Chosen
) -> Page[Ticket]:
    if chosen.status != ALL:
        tickets = tickets.filter(status__in=STATUSES[chosen.status])
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    if not chosen.query:
        return page_of(tickets, NEWEST_ACTIVITY_FIRST, after=after, before=before, size=PAGE_SIZE)
    found = search(
        tickets, chosen.query, reach=visit.reach, limit=PAGE_SIZE + 1, after=read_id(after)
    )
    shown = found[:PAGE_SIZE]
    return Page(shown, after=str(shown[-1].pk) if len(found) > PAGE_SIZE else "", before="")
