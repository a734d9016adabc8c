"""Staff give a ticket to a colleague, or to nobody."""

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from frontdesk.accounts.models import Staff
from frontdesk.accounts.models.staff import Role
from frontdesk.support import errors
from frontdesk.support.actor import Actor
from frontdesk.support.locking import lock_ticket
from frontdesk.support.models import EventKind, Ticket
from frontdesk.support.record import record


def assign(*, by: Actor, number: int, staff_id: int | None) -> Ticket:
    """Set the assignee (None: nobody) of an open ticket and return it.

    Raises Ticket.DoesNotExist, TicketSolved, or NoSuchAssignee for someone who may not read it.
    """
    with transaction.atomic():
        ticket = lock_ticket(by.staff, number)
        if ticket.is_solved:
            raise errors.TicketSolved(ticket)
        if ticket.assignee_id == staff_id:
            return ticket
        if staff_id is not None and not possible_assignees(ticket).filter(pk=staff_id).exists():
            raise errors.NoSuchAssignee
        was, ticket.assignee_id = ticket.assignee_id, staff_id
        ticket.save(update_fields=["assignee"])
        record(
            EventKind.TICKET_ASSIGNED,
            by=by,
            ticket=ticket,
            data={"from": was, "assignee": staff_id},
        )
        return ticket


def possible_assignees(*tickets: Ticket) -> QuerySet[Staff]:
    """Active staff who may read each of these tickets of one provider, one at least, by name."""
    departments = {ticket.department_id for ticket in tickets}
    seats_there = Count("departments", filter=Q(departments__in=departments), distinct=True)
    reads_all = Q(seats_there=len(departments)) | Q(role__in=[Role.HEAD, Role.ADMINISTRATOR])
    active = Staff.objects.filter(
        provider_id=tickets[0].provider_id, is_active=True, user__is_active=True
    )
    return (
        active.annotate(seats_there=seats_there)
        .filter(reads_all)
        .select_related("user")
        .order_by("user__name", "pk")
    )
