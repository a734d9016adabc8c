"""Until when a paid ticket is to be answered, and whether it was."""

from frontdesk.accounts.models import Member
from frontdesk.support.models import AnswerPromise, Event, EventKind, Message, Schedule, Ticket
from frontdesk.support.opening_hours import due_at
from frontdesk.support.statuses import Side


def promise_answer(ticket: Ticket) -> AnswerPromise | None:
    """Write until when a paid ticket is to be answered, where its department gives back what a
    late answer took; for the transaction that opens it. One query, one more where it does."""
    schedule = Schedule.objects.filter(
        department_id=ticket.department_id,
        answer_within__isnull=False,
        department__price_rule__charges=True,
        department__price_rule__gives_back_late=True,
    ).first()
    if schedule is None or schedule.answer_within is None:
        return None
    due = due_at(schedule.hours, ticket.created_at, schedule.answer_within)
    if due is None:
        return None
    return AnswerPromise.objects.create(ticket=ticket, provider_id=ticket.provider_id, due_at=due)


def was_kept(promise: AnswerPromise) -> bool:
    """Whether support answered in time, or the client closed the ticket before it had to.

    Say it only after the answer was due, and with the ticket locked.
    """
    ticket = promise.ticket
    answers = Message.objects.filter(ticket=ticket, side=Side.STAFF)
    if answers.filter(created_at__lte=promise.due_at).exists():
        return True
    if ticket.solved_at is None or ticket.solved_at > promise.due_at:
        return False
    return _was_closed_by_client(ticket)


def _was_closed_by_client(ticket: Ticket) -> bool:
    closings = Event.objects.filter(ticket=ticket, kind=EventKind.TICKET_CLOSED)
    people = Member.objects.filter(account_id=ticket.account_id).values("user_id")
    return closings.filter(actor_id__in=people).exists()
