"""Handing a ticket to another department."""

import pytest

from frontdesk.accounts.models import Staff
from frontdesk.support import errors
from frontdesk.support.actions.assign import assign
from frontdesk.support.actions.transfer import transfer
from frontdesk.support.models import Event, EventKind, Ticket
from frontdesk.support.models.note import Note
from frontdesk.support.statuses import Status
from tests.factories import a_solved_ticket, a_ticket
from tests.people import as_client, as_staff


@pytest.fixture
def ticket(alice, technical):
    return a_ticket(alice, technical)


def move(by, ticket, department, reason="It is about an invoice."):
    return transfer(by=by, number=ticket.pk, department_id=department.pk, reason=reason)


def test_a_ticket_moves_with_its_reason_as_a_note(ticket, sam, sales):
    moved = move(as_staff(sam), ticket, sales)

    note = Note.objects.get(ticket=ticket)
    assert (moved.department, moved.status) == (sales, Status.IN_PROGRESS)
    assert (note.text, note.author) == ("It is about an invoice.", sam)
    event = Event.objects.get(kind=EventKind.TICKET_TRANSFERRED)
    assert event.data == {
        "from": ticket.department_id,
        "department": sales.pk,
        "note": note.pk,
    }


def test_who_gave_a_ticket_away_does_not_see_it_any_more(ticket, sam, omar, sales):
    move(as_staff(sam), ticket, sales)

    with pytest.raises(Ticket.DoesNotExist):
        move(as_staff(sam), ticket, sales)
    assert Ticket.objects.visible_to(as_staff(omar).reach).filter(pk=ticket.pk).exists()


def test_an_assignee_who_may_not_read_it_there_loses_it(ticket, sam, sales):
    assign(by=as_staff(sam), number=ticket.pk, staff_id=Staff.objects.get(user=sam).pk)

    assert move(as_staff(sam), ticket, sales).assignee is None


def test_an_assignee_who_reads_it_there_too_keeps_it(ticket, sam, administration):
    assign(by=as_staff(sam), number=ticket.pk, staff_id=Staff.objects.get(user=sam).pk)

    assert move(as_staff(sam), ticket, administration).assignee.user == sam


@pytest.mark.parametrize("reason", ["", " \n", "\x00"])
def test_a_transfer_wants_a_reason(ticket, sam, sales, reason):
    with pytest.raises(errors.ReasonMissing):
        move(as_staff(sam), ticket, sales, reason)


def test_a_ticket_does_not_move_to_where_it_is(ticket, sam, technical):
    with pytest.raises(errors.NoSuchDepartment):
        move(as_staff(sam), ticket, technical)

    assert not Note.objects.exists()


def test_a_ticket_does_not_leave_its_provider(ticket, sam, south_support):
    with pytest.raises(errors.NoSuchDepartment):
        move(as_staff(sam), ticket, south_support)


def test_a_solved_ticket_does_not_move(alice, sam, technical, sales):
    with pytest.raises(errors.TicketSolved):
        move(as_staff(sam), a_solved_ticket(alice, technical), sales)


def test_clients_move_nothing(ticket, alice, sales):
    with pytest.raises(errors.NotAllowed):
        move(as_client(alice), ticket, sales)
