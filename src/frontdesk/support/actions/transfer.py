"""Staff hand a ticket to another department."""

from django.db import transaction

from frontdesk.support import errors
from frontdesk.support.actions.add_note import write_note
from frontdesk.support.actions.assign import possible_assignees
from frontdesk.support.actor import Actor
from frontdesk.support.locking import lock_ticket
from frontdesk.support.models import Department, EventKind, Ticket
from frontdesk.support.record import record
from frontdesk.support.thread import clean_text


def transfer(*, by: Actor, number: int, department_id: int, reason: str) -> Ticket:
    """Move an open ticket to another department of the provider and return it.

    The reason is kept as an internal note. The assignee stays only if he may still read the
    ticket. The actor may hand a ticket to a department that he does not see himself.
    Raises Ticket.DoesNotExist, TicketSolved, NoSuchDepartment, ReasonMissing or MessageTooLong.
    """
    reason = clean_text(reason)
    if not reason:
        raise errors.ReasonMissing
    with transaction.atomic():
        ticket = lock_ticket(by.staff, number)
        if ticket.is_solved:
            raise errors.TicketSolved(ticket)
        department = Department.objects.filter(provider_id=by.provider_id, pk=department_id).first()
        if department is None or department.pk == ticket.department_id:
            raise errors.NoSuchDepartment
        note = write_note(ticket, by=by, text=reason)
        was, ticket.department = ticket.department_id, department
        if not possible_assignees(ticket).filter(pk=ticket.assignee_id or 0).exists():
            ticket.assignee = None
        ticket.save(update_fields=["department", "assignee"])
        record(
            EventKind.TICKET_TRANSFERRED,
            by=by,
            ticket=ticket,
            data={"from": was, "department": department.pk, "note": note.pk},
        )
        return ticket
