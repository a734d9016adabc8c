"""Client or staff close a ticket, for good."""

from django.db import transaction
from django.utils import timezone

from frontdesk.support import errors
from frontdesk.support.actor import Actor
from frontdesk.support.locking import lock_ticket
from frontdesk.support.models import EventKind, Ticket
from frontdesk.support.record import record
from frontdesk.support.statuses import MOVES, Act, Status


def close(*, by: Actor, number: int) -> Ticket:
    """Close the ticket and return it.

    Raises Ticket.DoesNotExist, or TicketSolved when somebody was first.
    """
    with transaction.atomic():
        ticket = lock_ticket(by.reach, number)
        apply_close(ticket, by=by)
    return ticket


def apply_close(ticket: Ticket, *, by: Actor) -> None:
    """Close a ticket that the caller holds locked in its own transaction."""
    status = MOVES.get((Status(ticket.status), Act.CLOSE, by.reach.side))
    if status is None:
        raise errors.TicketSolved(ticket)
    was, ticket.status = ticket.status, status
    ticket.solved_at = timezone.now()
    ticket.waiting_since = None
    ticket.save(update_fields=["status", "solved_at", "waiting_since"])
    record(EventKind.TICKET_CLOSED, by=by, ticket=ticket, data={"from": str(was)})
