"""Ready answers, filled for one ticket."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from frontdesk.channels.web.render import page
from frontdesk.channels.web.visit import StaffVisit, as_staff
from frontdesk.support.canned import fill_places
from frontdesk.support.models import CannedReply, Ticket
from frontdesk.support.models.canned import CannedReplyQuerySet

MOST_SHOWN = 200


@require_GET
@as_staff
def canned(request: HttpRequest, visit: StaffVisit, number: int) -> HttpResponse:
    """Answer with the ready answers for this ticket, as the options of the composer's list."""
    ticket = ticket_for_canned(visit, number)
    options = [
        (row.title, fill_places(row.text, ticket=ticket, staff=visit.user))
        for row in usable_canned(visit, ticket)[:MOST_SHOWN]
    ]
    return page(request, "desk/parts/canned.html", visit, {"options": options})


def ticket_for_canned(visit: StaffVisit, number: int) -> Ticket:
    """Return the ticket with what the places of a ready answer name. 404 if not visible."""
    tickets = Ticket.objects.visible_to(visit.reach)
    found = tickets.select_related("requester", "service", "provider").filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def usable_canned(visit: StaffVisit, ticket: Ticket) -> CannedReplyQuerySet:
    """Return the ready answers that this person may use in this ticket."""
    rows = CannedReply.objects.filter(provider=visit.provider)
    return rows.usable_by(visit.staff.pk, ticket.department_id)
