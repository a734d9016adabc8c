"""One service: what it is, and what was asked about it before."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from frontdesk.accounts.models.service import ServiceKind
from frontdesk.channels.web.account.services import ICONS, services_of
from frontdesk.channels.web.account.shell import own_page
from frontdesk.channels.web.visit import ClientVisit, StaffVisit, as_either
from frontdesk.shared.keyset import Order, Page, page_of
from frontdesk.support.access import client_reach
from frontdesk.support.models import Ticket

NEWEST_ACTIVITY_FIRST = Order("last_message_at", is_newest_first=True)
A_PAGE = 20


@require_safe
@as_either
def service(request: HttpRequest, visit: ClientVisit | StaffVisit, service: int) -> HttpResponse:
    """Show a service of the person's accounts with those of its tickets that he may read."""
    row = services_of(visit).filter(pk=service).first()
    if row is None:
        raise Http404
    context = {
        "section": "services",
        "row": row,
        "picture": ICONS.get(ServiceKind(row.kind), "server"),
        "shows_account": isinstance(visit, ClientVisit) and len(visit.accounts) > 1,
        "pager": _tickets(request, visit, service),
    }
    return own_page(request, "person/service.html", visit, context)


def _tickets(request: HttpRequest, visit: ClientVisit | StaffVisit, service: int) -> Page[Ticket]:
    # Staff read here what they ask as clients; the tickets of others they read at the desk.
    is_client = isinstance(visit, ClientVisit)
    reach = visit.reach if is_client else client_reach(visit.user, visit.provider)
    if reach is None:
        raise Http404
    about = Ticket.objects.visible_to(reach).filter(service=service)
    about = about.only("subject", "status", "last_message_at")
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    return page_of(about, NEWEST_ACTIVITY_FIRST, after=after, before=before, size=A_PAGE)
