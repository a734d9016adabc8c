"""A staff member takes a ticket."""

from django.db import transaction

from frontdesk.support import errors
from frontdesk.support.actor import Actor
from frontdesk.support.locking import lock_ticket
from frontdesk.support.models import EventKind, Ticket
from frontdesk.support.record import record


def take(*, by: Actor, number: int) -> Ticket:
    """Make the actor the assignee of an open ticket that is nobody's, and return it.

    Taking what one has already changes nothing. Raises Ticket.DoesNotExist, TicketSolved,
    or AlreadyTaken with the ticket, whose assignee says who was first.
    """
    with transaction.atomic():
        ticket = lock_ticket(by.staff, number)
        if ticket.is_solved:
            raise errors.TicketSolved(ticket)
        if ticket.assignee_id == by.staff.staff_id:
            return ticket
        if ticket.assignee_id is not None:
            raise errors.AlreadyTaken(ticket)
        ticket.assignee_id = by.staff.staff_id
        ticket.save(update_fields=["assignee"])
        record(EventKind.TICKET_TAKEN, by=by, ticket=ticket, data={"assignee": by.staff.staff_id})
        return ticket
