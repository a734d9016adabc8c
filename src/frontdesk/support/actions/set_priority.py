"""Staff say how urgent a ticket is."""

from django.db import transaction

from frontdesk.support import errors
from frontdesk.support.actor import Actor
from frontdesk.support.locking import lock_ticket
from frontdesk.support.models import EventKind, Priority, Ticket
from frontdesk.support.record import record


def set_priority(*, by: Actor, number: int, priority: Priority) -> Ticket:
    """Set the priority of an open ticket and return it.

    Raises Ticket.DoesNotExist or TicketSolved.
    """
    with transaction.atomic():
        ticket = lock_ticket(by.staff, number)
        if ticket.is_solved:
            raise errors.TicketSolved(ticket)
        if ticket.priority == priority:
            return ticket
        was, ticket.priority = ticket.priority, priority
        ticket.save(update_fields=["priority"])
        record(
            EventKind.PRIORITY_SET,
            by=by,
            ticket=ticket,
            data={"from": int(was), "priority": int(priority)},
        )
        return ticket
