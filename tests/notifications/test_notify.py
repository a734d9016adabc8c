"""The rows of the Notifications section."""

import pytest

from frontdesk.notifications.models import Notification
from frontdesk.notifications.notify import mark_all_read, mark_ticket_read, notify
from frontdesk.support.models import Event, EventKind
from tests.factories import a_note, a_reply, a_ticket
from tests.people import as_client, as_staff


@pytest.fixture
def ticket(alice, technical):
    return a_ticket(alice, technical)


def answer(ticket, sam) -> Event:
    a_reply(as_staff(sam), ticket)
    return Event.objects.select_related("ticket").filter(ticket=ticket).latest("pk")


def test_an_answer_makes_an_unread_row(ticket, alice, sam):
    event = answer(ticket, sam)

    assert notify(event) == [alice.pk]

    row = Notification.objects.get()
    assert (row.user, row.ticket, row.kind) == (alice, ticket, EventKind.STAFF_REPLIED)
    assert (row.created_at, row.read_at) == (event.created_at, None)


def test_told_twice_is_told_once(ticket, sam):
    event = answer(ticket, sam)

    assert notify(event) == notify(event)

    assert Notification.objects.count() == 1


def test_a_note_makes_no_row(ticket, sam):
    a_note(as_staff(sam), ticket)

    assert notify(Event.objects.latest("pk")) == []
    assert not Notification.objects.exists()


def test_reading_a_ticket_reads_its_rows_alone(alice, sam, technical, ticket):
    other = a_ticket(alice, technical)
    for one in (ticket, other):
        notify(answer(one, sam))

    marked = mark_ticket_read(user_id=alice.pk, provider_id=ticket.provider_id, ticket_id=ticket.pk)

    assert marked == 1
    unread = Notification.objects.of(user_id=alice.pk, provider_id=ticket.provider_id).unread()
    assert [row.ticket for row in unread] == [other]


def test_marking_all_leaves_other_people_and_providers_alone(dora, house):
    tickets = [
        a_ticket(dora, house.technical, by=as_client(dora, house.north)),
        a_ticket(dora, house.south_support, by=as_client(dora, house.south)),
    ]
    notify(answer(tickets[0], house.sam))
    notify(answer(tickets[1], house.sven))

    assert mark_all_read(user_id=dora.pk, provider_id=house.north.pk) == 1
    assert mark_all_read(user_id=house.alice.pk, provider_id=house.south.pk) == 0

    assert Notification.objects.get(read_at=None).provider == house.south


def test_the_newest_row_comes_first(ticket, alice, sam):
    for _ in range(3):
        notify(answer(ticket, sam))

    rows = Notification.objects.of(user_id=alice.pk, provider_id=ticket.provider_id)

    assert [row.pk for row in rows] == sorted((row.pk for row in rows), reverse=True)
