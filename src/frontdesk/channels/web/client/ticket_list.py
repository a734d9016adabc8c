"""All tickets: every one the person may read, newest activity first."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from frontdesk.channels.web.client.chosen import Chosen
from frontdesk.channels.web.client.fragments import wanted_part
from frontdesk.channels.web.client.rows import ListRows
from frontdesk.channels.web.client.ticket_queries import load_counts, load_page
from frontdesk.channels.web.dates import Clock
from frontdesk.channels.web.render import client_page, page
from frontdesk.channels.web.visit import ClientVisit, as_client


@require_safe
@as_client
def tickets(request: HttpRequest, visit: ClientVisit) -> HttpResponse:
    """Show one page of the list; htmx gets the part of it that it names as its target."""
    chosen = Chosen.of(request.GET, visit)
    context: dict[str, Any] = {"section": "tickets", "chosen": chosen}
    part = wanted_part(request)
    if part == "ticket-counts":
        context["counts"] = () if chosen.query else load_counts(visit.reach, chosen.account_id)
        return page(request, "client/parts/ticket_counts.html", visit, context)
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    shown, counts = load_page(visit.reach, chosen, after=after, before=before)
    context |= {"counts": counts, "rows": ListRows(shown.rows, visit, Clock()), "pager": shown}
    if part is not None:
        return page(request, "client/parts/ticket_list.html", visit, context)
    return client_page(request, "client/tickets.html", visit, context)
