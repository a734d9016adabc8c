"""What the acts on a ticket share: their page, their answer, and what is said of a refusal."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from frontdesk.channels.web.desk.place import Place
from frontdesk.channels.web.desk.rail import desk_page
from frontdesk.channels.web.refusals import words_for
from frontdesk.channels.web.render import see_other
from frontdesk.channels.web.visit import StaffVisit
from frontdesk.support import errors
from frontdesk.support.models import Ticket

MOST_DIGITS = 18


def visible_ticket(visit: StaffVisit, number: int) -> Ticket:
    """Return the ticket with its department and assignee. 404 if not visible."""
    tickets = Ticket.objects.visible_to(visit.reach).select_related("department", "assignee__user")
    ticket = tickets.filter(pk=number).first()
    if ticket is None:
        raise Http404
    return ticket


def chosen_id(request: HttpRequest, name: str) -> int | None:
    """Return the id that a form names; None for what is not one."""
    text = request.POST.get(name, "")
    is_number = text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
    return int(text) if is_number else None


def act_page(
    request: HttpRequest, visit: StaffVisit, ticket: Ticket, act: str, context: dict[str, Any]
) -> HttpResponse:
    """Answer with the page of an act; `errors` in the context bring its form back."""
    found = {
        "section": "ticket",
        "place": Place.of(request.GET),
        "ticket": ticket,
        "act": act,
        "errors": {},
        **context,
    }
    status = 422 if found["errors"] else 200
    return desk_page(request, "desk/act.html", visit, found, status=status)


def perform(
    request: HttpRequest, visit: StaffVisit, number: int, act: Callable[[], Ticket], done: str
) -> HttpResponse:
    """Do it and go back to the ticket, with what was done or why it was not."""
    try:
        ticket = act()
    except Ticket.DoesNotExist:
        raise Http404 from None
    except errors.Refused as error:
        messages.error(request, desk_words(error))
        query = Place.of(request.GET).query()
        return see_other("desk_ticket", visit.provider.slug, number, query=query)
    messages.success(request, done)
    return go_back(request, visit, ticket)


def go_back(request: HttpRequest, visit: StaffVisit, ticket: Ticket) -> HttpResponse:
    """Lead to the ticket, or to the list when it has left one's departments."""
    slug, query = visit.provider.slug, Place.of(request.GET).query()
    if visit.reach.reaches_department(ticket.department_id):
        return see_other("desk_ticket", slug, ticket.pk, query=query)
    return see_other("desk", slug, query=query)


def desk_words(error: errors.Refused) -> str:
    """Return what staff read for a refusal of an act."""
    match error:
        case errors.AlreadyTaken(ticket=ticket) if ticket.assignee:
            return _("%(who)s has this ticket already.") % {"who": ticket.assignee.user.name}
        case errors.TicketSolved():
            return _("This ticket is closed. Nothing was changed.")
        case errors.NoSuchDepartment():
            return _("Choose another department.")
        case _:
            return words_for(error)
