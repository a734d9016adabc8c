"""People act at the same moment: real threads, real PostgreSQL, each loser is told by name."""

from functools import wraps

import pytest
from django.db import connection

from frontdesk.accounts.models import Staff
from frontdesk.support.actions.add_note import add_note
from frontdesk.support.actions.assign import assign
from frontdesk.support.actions.close import close
from frontdesk.support.actions.open_ticket import TicketRequest, open_ticket
from frontdesk.support.actions.reply import Answer, reply
from frontdesk.support.actions.save_draft import DraftText, save_draft
from frontdesk.support.actions.take import take
from frontdesk.support.actions.transfer import transfer
from frontdesk.support.errors import TicketSolved
from frontdesk.support.models import (
    Attachment,
    Draft,
    DraftKind,
    Event,
    EventKind,
    Message,
    Ticket,
)
from frontdesk.support.models.note import Note
from frontdesk.support.statuses import Status
from tests.factories import QUESTION, a_file, a_reply, a_ticket, new_key
from tests.people import as_client, as_staff
from tests.threads import at_once, errors_in

pytestmark = pytest.mark.django_db(transaction=True)

TIMES = 8


def several_times(test):
    """Run a race several times: once it may go well by chance."""

    @wraps(test)
    def run(**people):
        for _ in range(TIMES):
            test(**people)

    return run


@pytest.fixture
def alice_acts(alice):
    return as_client(alice)


@pytest.fixture
def sam_acts(sam):
    return as_staff(sam)


@pytest.fixture
def hana_acts(hana):
    return as_staff(hana)


def kinds_of(ticket) -> list[str]:
    return list(Event.objects.filter(ticket=ticket).order_by("pk").values_list("kind", flat=True))


def job_count() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        return cursor.fetchone()[0]


def test_twenty_clicks_at_once_make_one_ticket(alice_acts, technical):
    request, key = TicketRequest(text=QUESTION, department_id=technical.pk), new_key()
    a_file(alice_acts, key)

    results = at_once(*[lambda: open_ticket(by=alice_acts, request=request, key=key)] * 20)

    assert len({ticket.pk for ticket in results}) == 1
    assert Ticket.objects.count() == Message.objects.count() == Event.objects.count() == 1
    assert Attachment.objects.count() == job_count() == 1


def test_a_key_used_at_once_with_other_words_makes_one_ticket(alice_acts, technical):
    key = new_key()

    def send(text):
        request = TicketRequest(text=text, department_id=technical.pk)
        return open_ticket(by=alice_acts, request=request, key=key)

    results = at_once(lambda: send("One"), lambda: send("Two"))

    assert errors_in(results) == ["AlreadySent"]
    assert Ticket.objects.count() == 1


def test_a_failed_first_lets_the_second_make_the_ticket(alice_acts, technical):
    key = new_key()

    def send(department_id):
        request = TicketRequest(text=QUESTION, department_id=department_id)
        return open_ticket(by=alice_acts, request=request, key=key)

    results = at_once(*[lambda: send(None), lambda: send(technical.pk)] * 4)

    assert set(errors_in(results)) <= {"NoSuchDepartment", "AlreadySent"}
    assert Ticket.objects.count() == 1


def test_twenty_replies_at_once_with_one_key_are_one(alice, alice_acts, technical):
    ticket, key = a_ticket(alice, technical), new_key()

    def send():
        return reply(by=alice_acts, number=ticket.pk, answer=Answer("Thanks"), key=key)

    results = at_once(*[send] * 20)

    assert len({message.pk for message in results}) == 1
    ticket.refresh_from_db()
    assert ticket.message_count == Message.objects.filter(ticket=ticket).count() == 2


def test_twenty_different_replies_at_once_are_all_kept(alice, alice_acts, sam_acts, technical):
    ticket = a_ticket(alice, technical)

    results = at_once(
        *[lambda: a_reply(alice_acts, ticket), lambda: a_reply(sam_acts, ticket)] * 10
    )

    assert errors_in(results) == []
    ticket.refresh_from_db()
    last = Message.objects.filter(ticket=ticket).latest("pk")
    assert ticket.message_count == 21
    assert (ticket.last_message_id, ticket.last_side) == (last.pk, last.side)


def test_ten_notes_at_once_with_one_key_are_one(alice, sam_acts, technical):
    ticket, key = a_ticket(alice, technical), new_key()

    results = at_once(
        *[lambda: add_note(by=sam_acts, number=ticket.pk, text="Mine.", key=key)] * 10
    )

    assert len({note.pk for note in results}) == Note.objects.count() == 1


@several_times
def test_of_two_who_close_one_is_told(alice, alice_acts, sam_acts, technical):
    ticket = a_ticket(alice, technical)

    results = at_once(
        lambda: close(by=alice_acts, number=ticket.pk),
        lambda: close(by=sam_acts, number=ticket.pk),
    )

    assert errors_in(results) == ["TicketSolved"]
    assert kinds_of(ticket) == [EventKind.TICKET_OPENED, EventKind.TICKET_CLOSED]


@several_times
def test_a_reply_against_a_close_is_kept_before_or_refused_after(
    alice, alice_acts, sam_acts, technical
):
    ticket = a_ticket(alice, technical)

    answer, closed = at_once(
        lambda: a_reply(alice_acts, ticket), lambda: close(by=sam_acts, number=ticket.pk)
    )

    ticket.refresh_from_db()
    was_refused = isinstance(answer, TicketSolved)
    assert ticket.status == Status.SOLVED
    assert not isinstance(closed, Exception)
    assert Message.objects.filter(ticket=ticket).count() == (1 if was_refused else 2)
    assert kinds_of(ticket)[-1] == EventKind.TICKET_CLOSED


@several_times
def test_of_two_who_take_one_has_it_and_the_other_is_told_who(
    alice, sam_acts, hana_acts, technical
):
    ticket = a_ticket(alice, technical)

    results = at_once(
        lambda: take(by=sam_acts, number=ticket.pk), lambda: take(by=hana_acts, number=ticket.pk)
    )

    assert errors_in(results) == ["AlreadyTaken"]
    ticket.refresh_from_db()
    refused = next(result for result in results if isinstance(result, Exception))
    assert refused.ticket.assignee.user == ticket.assignee.user
    assert kinds_of(ticket).count(EventKind.TICKET_TAKEN) == 1


@several_times
def test_who_takes_a_ticket_that_is_moved_away_does_not_keep_it(alice, house, sam_acts, hana_acts):
    ticket = a_ticket(alice, house.technical)

    results = at_once(
        lambda: take(by=sam_acts, number=ticket.pk),
        lambda: transfer(
            by=hana_acts, number=ticket.pk, department_id=house.sales.pk, reason="Theirs."
        ),
    )

    assert set(errors_in(results)) <= {"DoesNotExist"}
    ticket.refresh_from_db()
    assert (ticket.department, ticket.assignee) == (house.sales, None)


@several_times
def test_assigning_a_ticket_that_is_closed_meanwhile_is_one_or_the_other(
    alice, sam, alice_acts, sam_acts, technical
):
    ticket, place = a_ticket(alice, technical), Staff.objects.get(user=sam)

    results = at_once(
        lambda: assign(by=sam_acts, number=ticket.pk, staff_id=place.pk),
        lambda: close(by=alice_acts, number=ticket.pk),
    )

    ticket.refresh_from_db()
    was_refused = errors_in(results) == ["TicketSolved"]
    assert ticket.status == Status.SOLVED
    assert (ticket.assignee is None) == was_refused


@several_times
def test_a_draft_saved_while_its_form_is_sent_does_not_come_back(alice, alice_acts, technical):
    ticket, key = a_ticket(alice, technical), new_key()
    draft = DraftText(kind=DraftKind.REPLY, text="Than", key=key)

    def send():
        return reply(by=alice_acts, number=ticket.pk, answer=Answer("Thanks"), key=key)

    results = at_once(send, *[lambda: save_draft(by=alice_acts, draft=draft, ticket=ticket)] * 5)

    assert errors_in(results) == []
    assert not Draft.objects.filter(key=key).exists()


def test_everybody_at_one_ticket_comes_to_an_end(alice, house, alice_acts, sam_acts, hana_acts):
    ticket, place = a_ticket(alice, house.technical), Staff.objects.get(user=house.hana)
    key = new_key()
    draft = DraftText(kind=DraftKind.REPLY, text="Than", key=key)

    results = at_once(
        *[
            lambda: a_reply(alice_acts, ticket),
            lambda: a_reply(sam_acts, ticket, and_close=True),
            lambda: reply(by=alice_acts, number=ticket.pk, answer=Answer("Hm"), key=key),
            lambda: save_draft(by=alice_acts, draft=draft, ticket=ticket),
            lambda: take(by=sam_acts, number=ticket.pk),
            lambda: assign(by=hana_acts, number=ticket.pk, staff_id=place.pk),
            lambda: close(by=alice_acts, number=ticket.pk),
        ]
        * 3
    )

    assert set(errors_in(results)) <= {"TicketSolved", "AlreadyTaken"}
    ticket.refresh_from_db()
    assert ticket.status == Status.SOLVED
    assert ticket.message_count == Message.objects.filter(ticket=ticket).count()
