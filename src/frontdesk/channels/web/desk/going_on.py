"""Where one goes after an act: back to the ticket, or on to the next one of the list."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse

from frontdesk.channels.web.desk.neighbours import load_neighbours
from frontdesk.channels.web.desk.place import Place
from frontdesk.channels.web.desk.ticket import GO_ON_COOKIE
from frontdesk.channels.web.render import see_other
from frontdesk.channels.web.visit import StaffVisit
from frontdesk.support.models import Ticket

COOKIE_SECONDS = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class WayOn:
    """What was wished, and the number of the next ticket as the list stood before the act."""

    is_wished: bool
    next: int | None


def find_way_on(request: HttpRequest, visit: StaffVisit, number: int) -> WayOn:
    """Look at the list before the act, which may take the ticket out of it. 404 if not visible."""
    if not request.POST.get("next"):
        return WayOn(is_wished=False, next=None)
    ticket = Ticket.objects.visible_to(visit.reach).filter(pk=number).first()
    if ticket is None:
        raise Http404
    return WayOn(is_wished=True, next=load_neighbours(visit, Place.of(request.GET), ticket).next)


def lead_on(
    request: HttpRequest, visit: StaffVisit, number: int, way: WayOn, *, part: str = ""
) -> HttpResponse:
    """Answer after the act, and remember in this browser what was wished."""
    slug, query = visit.provider.slug, Place.of(request.GET).query()
    if way.next:
        response = see_other("desk_ticket", slug, way.next, query=query)
    elif way.is_wished:
        response = see_other("desk", slug, query=query)
    else:
        response = see_other("desk_ticket", slug, number, query=query, part=part)
    response.set_cookie(
        GO_ON_COOKIE,
        "1" if way.is_wished else "0",
        max_age=COOKIE_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return response
