"""Answering in a ticket."""

import pytest

from frontdesk.support import errors
from frontdesk.support.actions.close import close
from frontdesk.support.actions.open_ticket import TicketRequest, open_ticket
from frontdesk.support.actions.reply import Answer, reply
from frontdesk.support.models import Attachment, Event, EventKind, Message, Ticket
from frontdesk.support.statuses import Side, Status
from tests.factories import QUESTION, a_file, a_note, a_reply, a_solved_ticket, a_ticket, new_key
from tests.people import as_client, as_staff


@pytest.fixture
def ticket(alice, technical):
    return a_ticket(alice, technical)


def test_when_staff_answer_the_ticket_waits_for_the_client(ticket, sam):
    message = a_reply(as_staff(sam), ticket, "Restarted it.")

    ticket.refresh_from_db()
    assert ticket.status == Status.WAITING_FOR_REPLY
    assert ticket.waiting_since is None
    assert (ticket.last_message_id, ticket.last_side) == (message.pk, Side.STAFF)
    assert (ticket.last_snippet, ticket.message_count) == ("Restarted it.", 2)


def test_when_the_client_writes_support_owes_an_answer_again(ticket, alice, sam):
    a_reply(as_staff(sam), ticket)

    message = a_reply(as_client(alice), ticket, "Down again.")

    ticket.refresh_from_db()
    assert ticket.status == Status.IN_PROGRESS
    assert ticket.waiting_since == message.created_at


def test_a_second_question_does_not_make_the_first_one_younger(ticket, alice):
    waiting_since = ticket.waiting_since

    a_reply(as_client(alice), ticket, "Any news?")

    ticket.refresh_from_db()
    assert ticket.waiting_since == waiting_since


def test_the_event_says_which_side_answered(ticket, alice, sam):
    answer, thanks = a_reply(as_staff(sam), ticket), a_reply(as_client(alice), ticket)

    kinds = Event.objects.filter(ticket=ticket).order_by("pk").values_list("kind", "data")
    assert list(kinds)[1:] == [
        (EventKind.STAFF_REPLIED, {"message": answer.pk}),
        (EventKind.CLIENT_REPLIED, {"message": thanks.pk}),
    ]


def test_a_reply_may_be_files_alone(ticket, alice):
    by, key = as_client(alice), new_key()
    a_file(by, key, name="error.log")

    message = reply(by=by, number=ticket.pk, answer=Answer(text=""), key=key)

    assert [file.name for file in message.attachments.all()] == ["error.log"]


def test_an_empty_reply_is_refused_and_its_key_stays_free(ticket, alice):
    by, key = as_client(alice), new_key()
    with pytest.raises(errors.EmptyMessage):
        reply(by=by, number=ticket.pk, answer=Answer(text=" "), key=key)

    assert reply(by=by, number=ticket.pk, answer=Answer(text="Now."), key=key)


def test_files_received_for_a_refused_reply_wait_for_the_next_try(ticket, alice, sam):
    by, key = as_client(alice), new_key()
    a_file(by, key)
    seen = ticket.last_message_id
    a_reply(as_staff(sam), ticket)
    with pytest.raises(errors.NewerMessages):
        reply(by=by, number=ticket.pk, answer=Answer("Here.", last_seen_id=seen), key=key)

    reply(by=by, number=ticket.pk, answer=Answer("Here."), key=key)

    assert Attachment.objects.count() == 1


def test_an_answer_to_what_was_not_read_is_held_with_what_is_new(ticket, sam, hana):
    seen = ticket.last_message_id
    newer = a_reply(as_staff(hana), ticket, "I took care of it.")

    with pytest.raises(errors.NewerMessages) as refused:
        a_reply(as_staff(sam), ticket, "Which shop?", last_seen_id=seen)

    assert refused.value.newer == [newer]


def test_ones_own_newer_message_does_not_hold_the_next(ticket, alice):
    seen = ticket.last_message_id
    a_reply(as_client(alice), ticket, "From my phone.")

    assert a_reply(as_client(alice), ticket, "From my desk.", last_seen_id=seen)


def test_an_answer_sent_anyway_is_not_held(ticket, alice, sam):
    a_reply(as_client(alice), ticket)

    assert a_reply(as_staff(sam), ticket, last_seen_id=None)


def test_reply_and_close_is_one_act_with_two_events(ticket, sam):
    a_reply(as_staff(sam), ticket, "Done.", and_close=True)

    ticket.refresh_from_db()
    assert ticket.status == Status.SOLVED
    kinds = Event.objects.filter(ticket=ticket).order_by("pk").values_list("kind", flat=True)
    assert list(kinds)[1:] == [EventKind.STAFF_REPLIED, EventKind.TICKET_CLOSED]


def test_a_solved_ticket_takes_no_reply(alice, technical):
    solved = a_solved_ticket(alice, technical)

    with pytest.raises(errors.TicketSolved) as refused:
        a_reply(as_client(alice), solved)

    assert refused.value.ticket == solved
    assert Message.objects.filter(ticket=solved).count() == 1


def test_the_same_reply_sent_again_is_the_same_message(ticket, alice):
    by, key = as_client(alice), new_key()
    first = reply(by=by, number=ticket.pk, answer=Answer(text="Thanks."), key=key)

    again = reply(by=by, number=ticket.pk, answer=Answer(text="Thanks.\r\n"), key=key)

    assert again == first
    assert Message.objects.filter(ticket=ticket).count() == 2


def test_a_repeat_after_the_ticket_was_closed_still_finds_its_message(ticket, alice):
    by, key = as_client(alice), new_key()
    first = reply(by=by, number=ticket.pk, answer=Answer(text="Thanks."), key=key)
    close(by=by, number=ticket.pk)

    assert reply(by=by, number=ticket.pk, answer=Answer(text="Thanks."), key=key) == first


def test_the_same_key_with_other_words_is_refused(ticket, alice):
    by, key = as_client(alice), new_key()
    reply(by=by, number=ticket.pk, answer=Answer(text="Thanks."), key=key)

    with pytest.raises(errors.AlreadySent) as refused:
        reply(by=by, number=ticket.pk, answer=Answer(text="No thanks."), key=key)

    assert refused.value.ticket == ticket


def test_the_same_key_in_another_ticket_leads_to_the_first(ticket, alice, technical):
    by, key, other = as_client(alice), new_key(), a_ticket(alice, technical)
    reply(by=by, number=ticket.pk, answer=Answer(text="Thanks."), key=key)

    with pytest.raises(errors.AlreadySent) as refused:
        reply(by=by, number=other.pk, answer=Answer(text="Thanks."), key=key)

    assert refused.value.ticket == ticket


def test_a_key_leads_to_no_ticket_that_its_owner_may_not_read_any_more(ticket, sam, omar, sales):
    by, key = as_staff(sam), new_key()
    reply(by=by, number=ticket.pk, answer=Answer(text="Done."), key=key)
    mine = a_ticket(ticket.requester, ticket.department)
    Ticket.objects.filter(pk=ticket.pk).update(department=sales)

    with pytest.raises(Ticket.DoesNotExist):
        reply(by=by, number=mine.pk, answer=Answer(text="Done."), key=key)


def test_the_key_of_a_new_ticket_is_no_key_of_a_reply(alice, technical):
    by, key = as_client(alice), new_key()
    request = TicketRequest(text=QUESTION, department_id=technical.pk)
    ticket = open_ticket(by=by, request=request, key=key)

    message = reply(by=by, number=ticket.pk, answer=Answer(text=QUESTION), key=key)

    assert message.ticket == ticket


@pytest.mark.parametrize("name", ["bob", "carol"])
def test_nobody_answers_in_a_ticket_he_may_not_read(ticket, house, name):
    with pytest.raises(Ticket.DoesNotExist):
        a_reply(as_client(getattr(house, name)), ticket)


@pytest.mark.parametrize("name", ["omar", "sven"])
def test_staff_who_do_not_read_a_ticket_do_not_answer_it(ticket, house, name):
    with pytest.raises(Ticket.DoesNotExist):
        a_reply(as_staff(getattr(house, name)), ticket)


def test_a_client_of_one_provider_reaches_nothing_at_the_other(dora, house):
    ticket = a_ticket(dora, house.technical, by=as_client(dora, house.north))

    with pytest.raises(Ticket.DoesNotExist):
        a_reply(as_client(dora, house.south), ticket)


def test_notes_do_not_make_an_answer_wait(ticket, sam, hana):
    seen = ticket.last_message_id
    a_note(as_staff(hana), ticket)

    assert a_reply(as_staff(sam), ticket, last_seen_id=seen)
