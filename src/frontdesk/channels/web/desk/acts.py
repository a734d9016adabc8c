"""What staff do with a ticket beside writing: each act has an address, a page and one action."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from frontdesk.channels.web.desk.act_pages import (
    act_page,
    chosen_id,
    desk_words,
    go_back,
    perform,
    visible_ticket,
)
from frontdesk.channels.web.desk.going_on import find_way_on, lead_on
from frontdesk.channels.web.desk.place import priority_of
from frontdesk.channels.web.desk.ticket import GO_ON_COOKIE
from frontdesk.channels.web.visit import StaffVisit, as_staff
from frontdesk.support import errors
from frontdesk.support.actions.assign import assign, possible_assignees
from frontdesk.support.actions.close import close
from frontdesk.support.actions.set_priority import set_priority
from frontdesk.support.actions.set_tags import set_tags
from frontdesk.support.actions.take import take
from frontdesk.support.actions.transfer import transfer
from frontdesk.support.models import Department, Priority, Ticket

NOBODY = "nobody"
either = require_http_methods(["GET", "HEAD", "POST"])


@either
@as_staff
def take_ticket(request: HttpRequest, visit: StaffVisit, number: int) -> HttpResponse:
    """Take the ticket; the second taker is told who has it."""
    if request.method != "POST":
        return go_back(request, visit, visible_ticket(visit, number))

    def act() -> Ticket:
        return take(by=visit.actor, number=number)

    return perform(request, visit, number, act, _("You have taken this ticket."))


@either
@as_staff
def assign_ticket(request: HttpRequest, visit: StaffVisit, number: int) -> HttpResponse:
    """Choose who answers for the ticket."""
    staff_id = chosen_id(request, "staff")
    if staff_id is None and request.POST.get("staff") != NOBODY:
        ticket = visible_ticket(visit, number)
        context = {"colleagues": list(possible_assignees(ticket))}
        return act_page(request, visit, ticket, "assign", context)

    def act() -> Ticket:
        return assign(by=visit.actor, number=number, staff_id=staff_id)

    done = _("The ticket is assigned.") if staff_id else _("The ticket is unassigned.")
    return perform(request, visit, number, act, done)


@either
@as_staff
def transfer_ticket(request: HttpRequest, visit: StaffVisit, number: int) -> HttpResponse:
    """Hand the ticket to another department, with a reason that stays as a note."""
    if request.method != "POST":
        return _transfer_form(request, visit, number)
    department_id, reason = chosen_id(request, "department"), request.POST.get("reason", "")
    try:
        ticket = transfer(
            by=visit.actor, number=number, department_id=department_id or 0, reason=reason
        )
    except Ticket.DoesNotExist:
        raise Http404 from None
    except (errors.NoSuchDepartment, errors.ReasonMissing, errors.MessageTooLong) as error:
        return _transfer_form(request, visit, number, error)
    except errors.Refused as error:
        messages.error(request, desk_words(error))
        return go_back(request, visit, visible_ticket(visit, number))
    names = {"number": number, "department": ticket.department.name}
    messages.success(request, _("Ticket #%(number)s is now with %(department)s.") % names)
    return go_back(request, visit, ticket)


@either
@as_staff
def prioritise_ticket(request: HttpRequest, visit: StaffVisit, number: int) -> HttpResponse:
    """Say how urgent the ticket is."""
    priority = priority_of(request.POST.get("priority", ""))
    if priority is None:
        ticket = visible_ticket(visit, number)
        return act_page(request, visit, ticket, "priority", {"priorities": Priority.choices})

    def act() -> Ticket:
        return set_priority(by=visit.actor, number=number, priority=priority)

    done = _("Priority set to %(level)s.") % {"level": str(priority.label).lower()}
    return perform(request, visit, number, act, done)


@either
@as_staff
def tag_ticket(request: HttpRequest, visit: StaffVisit, number: int) -> HttpResponse:
    """Replace the ticket's tags; commas part them."""
    if request.method != "POST":
        return act_page(request, visit, visible_ticket(visit, number), "tags", {})
    tags = request.POST.get("tags", "")[:1000].split(",")

    def act() -> Ticket:
        return set_tags(by=visit.actor, number=number, tags=tags)

    return perform(request, visit, number, act, _("Tags saved."))


@either
@as_staff
def close_ticket(request: HttpRequest, visit: StaffVisit, number: int) -> HttpResponse:
    """Close the ticket, after asking once."""
    if not request.POST.get("confirm"):
        ticket = visible_ticket(visit, number)
        context = {"goes_on": request.COOKIES.get(GO_ON_COOKIE) == "1"}
        return act_page(request, visit, ticket, "close", context)
    way = find_way_on(request, visit, number)
    try:
        close(by=visit.actor, number=number)
    except Ticket.DoesNotExist:
        raise Http404 from None
    except errors.Refused as error:
        messages.error(request, desk_words(error))
        return go_back(request, visit, visible_ticket(visit, number))
    messages.success(request, _("Ticket #%(number)s is closed.") % {"number": number})
    return lead_on(request, visit, number, way)


def _transfer_form(
    request: HttpRequest, visit: StaffVisit, number: int, error: errors.Refused | None = None
) -> HttpResponse:
    ticket = visible_ticket(visit, number)
    departments = Department.objects.filter(provider=visit.provider).in_order()
    field = "department" if isinstance(error, errors.NoSuchDepartment) else "reason"
    context = {
        "departments": list(departments.exclude(pk=ticket.department_id)),
        "chosen": request.POST.get("department", ""),
        "reason": request.POST.get("reason", ""),
        "errors": {field: desk_words(error)} if error else {},
    }
    return act_page(request, visit, ticket, "transfer", context)
