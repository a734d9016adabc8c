"""Closing a ticket, for good."""

import pytest

from frontdesk.support import errors
from frontdesk.support.actions.close import close
from frontdesk.support.models import Event, EventKind, Ticket
from frontdesk.support.statuses import Status
from tests.factories import a_reply, a_solved_ticket, a_ticket
from tests.people import as_client, as_staff


@pytest.mark.parametrize("is_answered", [False, True])
def test_a_client_closes_his_ticket_at_any_time(alice, sam, technical, is_answered):
    ticket = a_ticket(alice, technical)
    if is_answered:
        a_reply(as_staff(sam), ticket)

    closed = close(by=as_client(alice), number=ticket.pk)

    closed.refresh_from_db()
    assert closed.status == Status.SOLVED
    assert closed.solved_at is not None
    assert closed.waiting_since is None


def test_the_event_says_what_the_status_was(alice, sam, technical):
    ticket = a_ticket(alice, technical)

    close(by=as_staff(sam), number=ticket.pk)

    event = Event.objects.get(ticket=ticket, kind=EventKind.TICKET_CLOSED)
    assert (event.actor, event.data) == (sam, {"from": "in_progress"})


def test_the_second_to_close_is_told(alice, sam, technical):
    solved = a_solved_ticket(alice, technical)

    with pytest.raises(errors.TicketSolved) as refused:
        close(by=as_staff(sam), number=solved.pk)

    assert refused.value.ticket == solved
    assert Event.objects.filter(ticket=solved, kind=EventKind.TICKET_CLOSED).count() == 1


def test_closing_leaves_the_time_of_the_last_message(alice, technical):
    ticket = a_ticket(alice, technical)

    closed = close(by=as_client(alice), number=ticket.pk)

    closed.refresh_from_db()
    assert closed.last_message_at == ticket.last_message_at


def test_nobody_closes_a_ticket_he_may_not_read(bob, carol, alice, technical):
    ticket = a_ticket(alice, technical)

    for person in (bob, carol):
        with pytest.raises(Ticket.DoesNotExist):
            close(by=as_client(person), number=ticket.pk)
