"""Who else reads or writes: each open page of a ticket says so every few seconds."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from frontdesk.channels.web.desk.entries import Person
from frontdesk.channels.web.desk.ticket_card import Colleague
from frontdesk.channels.web.render import page
from frontdesk.channels.web.visit import StaffVisit, as_staff
from frontdesk.support.actions.show_presence import show_presence
from frontdesk.support.models import Presence, Ticket


@require_POST
@as_staff
def presence(request: HttpRequest, visit: StaffVisit, number: int) -> HttpResponse:
    """Note that this person is here, writes or leaves; answer who else is here."""
    ticket = Ticket.objects.visible_to(visit.reach).filter(pk=number).first()
    if ticket is None:
        raise Http404
    doing = request.POST.get("doing", "")
    show_presence(
        by=visit.actor, ticket=ticket, is_writing=doing == "writing", is_leaving=doing == "leaving"
    )
    others = Presence.objects.others(ticket_id=ticket.pk, staff_id=visit.staff.pk)
    rows = others.order_by("staff_id").values_list(
        "staff__user_id", "staff__user__name", "is_writing"
    )
    colleagues = [Colleague(Person(pk, name), is_writing) for pk, name, is_writing in rows]
    return page(request, "desk/parts/presence.html", visit, {"colleagues": colleagues})
