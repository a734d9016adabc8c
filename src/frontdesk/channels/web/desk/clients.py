"""The desk's pages of clients."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from frontdesk.billing.rights import may_charge
from frontdesk.channels.web.desk.client_card import find_clients, load_client, members_of
from frontdesk.channels.web.desk.place import NEWEST_ACTIVITY_FIRST, words_in
from frontdesk.channels.web.desk.rail import desk_page, load_rail
from frontdesk.channels.web.desk.rows import load_rows
from frontdesk.channels.web.visit import StaffVisit, as_staff
from frontdesk.support.models import Ticket

MOST_SHOWN = 50


@require_GET
@as_staff
def clients(request: HttpRequest, visit: StaffVisit) -> HttpResponse:
    """Find accounts by their name, their people or their services."""
    words = words_in(request.GET)
    found = list(find_clients(visit.provider.pk, words)[: MOST_SHOWN + 1])
    context = {
        "section": "clients",
        "words": words,
        "clients": [(account, members_of(account)) for account in found[:MOST_SHOWN]],
        "has_more": len(found) > MOST_SHOWN,
    }
    return desk_page(request, "desk/clients.html", visit, context)


@require_GET
@as_staff
def client(request: HttpRequest, visit: StaffVisit, account: int) -> HttpResponse:
    """Show an account with its people, services and those tickets that one may see."""
    card = load_client(visit.provider.pk, account)
    if card is None:
        raise Http404
    rail = load_rail(visit.reach)
    tickets = Ticket.objects.visible_to(visit.reach).filter(account=account)
    context = {
        "section": "clients",
        "rail": rail,
        "may_charge": may_charge(role=visit.staff.role, provider=card.account.provider),
        "balance": getattr(card.account, "balance", None),
        "client": card,
        "department_names": {line.pk: line.name for line in rail.departments},
        "pager": load_rows(
            tickets,
            NEWEST_ACTIVITY_FIRST,
            visit.user.pk,
            after=request.GET.get("after", ""),
            before=request.GET.get("before", ""),
        ),
    }
    return desk_page(request, "desk/client.html", visit, context)
