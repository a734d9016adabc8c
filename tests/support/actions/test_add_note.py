"""Internal notes."""

import pytest

from frontdesk.support import errors
from frontdesk.support.actions.add_note import add_note
from frontdesk.support.actions.close import close
from frontdesk.support.models import Event, EventKind, Message, Ticket
from frontdesk.support.models.note import Note
from tests.factories import a_note, a_solved_ticket, a_ticket, new_key
from tests.people import as_client, as_staff


@pytest.fixture
def ticket(alice, technical):
    return a_ticket(alice, technical)


def test_a_note_is_no_message_and_moves_nothing(ticket, sam):
    note = a_note(as_staff(sam), ticket, "Ask billing.")

    before = ticket.last_message_at, ticket.status, ticket.message_count
    ticket.refresh_from_db()
    assert (ticket.last_message_at, ticket.status, ticket.message_count) == before
    assert (note.text, note.author) == ("Ask billing.", sam)
    assert Message.objects.filter(ticket=ticket).count() == 1


def test_the_event_of_a_note_holds_its_id_alone(ticket, sam):
    note = a_note(as_staff(sam), ticket)

    assert Event.objects.get(kind=EventKind.NOTE_ADDED).data == {"note": note.pk}


def test_a_solved_ticket_takes_notes(alice, sam, technical):
    solved = a_solved_ticket(alice, technical)

    assert a_note(as_staff(sam), solved)


def test_clients_write_no_notes(ticket, alice):
    with pytest.raises(errors.NotAllowed):
        a_note(as_client(alice), ticket)


def test_a_note_needs_words(ticket, sam):
    with pytest.raises(errors.EmptyMessage):
        a_note(as_staff(sam), ticket, " \x00")


def test_the_same_note_sent_again_is_the_same_note(ticket, sam):
    by, key = as_staff(sam), new_key()
    first = add_note(by=by, number=ticket.pk, text="Ask billing.", key=key)

    assert add_note(by=by, number=ticket.pk, text="Ask billing.", key=key) == first
    assert Note.objects.count() == Event.objects.filter(kind=EventKind.NOTE_ADDED).count() == 1


def test_the_same_key_with_another_note_is_refused(ticket, sam):
    by, key = as_staff(sam), new_key()
    add_note(by=by, number=ticket.pk, text="Ask billing.", key=key)

    with pytest.raises(errors.AlreadySent) as refused:
        add_note(by=by, number=ticket.pk, text="Ask Ada.", key=key)

    assert refused.value.ticket == ticket


def test_a_key_leads_to_no_note_that_its_writer_may_not_read_any_more(ticket, sam, sales):
    by, key = as_staff(sam), new_key()
    add_note(by=by, number=ticket.pk, text="Ask billing.", key=key)
    mine = a_ticket(ticket.requester, ticket.department)
    Ticket.objects.filter(pk=ticket.pk).update(department=sales)

    with pytest.raises(Ticket.DoesNotExist):
        add_note(by=by, number=mine.pk, text="Ask billing.", key=key)


@pytest.mark.parametrize("name", ["omar", "sven"])
def test_staff_who_do_not_read_a_ticket_write_no_notes_on_it(ticket, house, name):
    with pytest.raises(Ticket.DoesNotExist):
        a_note(as_staff(getattr(house, name)), ticket)


def test_the_same_key_writes_a_note_and_a_reply_apart(ticket, sam):
    by, key = as_staff(sam), new_key()
    add_note(by=by, number=ticket.pk, text="Ask billing.", key=key)

    close(by=by, number=ticket.pk)

    assert add_note(by=by, number=ticket.pk, text="Ask billing.", key=key).ticket == ticket
