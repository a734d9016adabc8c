"""What happened is written once, never changed, and carried out."""

import json

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError

from frontdesk.shared import wake
from frontdesk.support.actions.close import close
from frontdesk.support.models import Event, EventKind
from frontdesk.support.models.event import SEEN_BY_CLIENTS
from frontdesk.support.record import DELIVER, DELIVERY_QUEUE, LIVE_CHANNEL
from tests.factories import a_note, a_reply, a_ticket
from tests.people import as_client, as_staff


@pytest.fixture
def ticket(alice, technical):
    return a_ticket(alice, technical)


def jobs() -> list[tuple[str, str, dict]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, queue_name, args FROM procrastinate_jobs ORDER BY id")
        return [
            (name, queue, args if isinstance(args, dict) else json.loads(args))
            for name, queue, args in cursor.fetchall()
        ]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE support_event SET kind = 'ticket_taken'",
        "UPDATE support_event SET data = '{}' WHERE false OR id > 0",
        "DELETE FROM support_event",
        "TRUNCATE support_event CASCADE",
    ],
)
def test_the_database_refuses_to_change_what_happened(ticket, statement):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            cursor.execute(statement)

    assert Event.objects.filter(ticket=ticket).count() == 1


def test_the_program_cannot_change_an_event_by_chance(ticket):
    event = Event.objects.get(ticket=ticket)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        event.save()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        event.delete()


def test_what_has_a_history_is_not_deleted(ticket, alice, north):
    for record in (ticket, alice, north):
        with pytest.raises(ProtectedError):
            record.delete()


def test_each_event_of_a_ticket_has_its_delivery_job(ticket, sam):
    a_reply(as_staff(sam), ticket, and_close=True)

    ids = Event.objects.filter(ticket=ticket).order_by("pk").values_list("pk", flat=True)
    assert jobs() == [(DELIVER, DELIVERY_QUEUE, {"event_id": pk}) for pk in ids]


def test_what_is_rolled_back_leaves_neither_event_nor_job(ticket, alice):
    before = Event.objects.count(), len(jobs())

    with transaction.atomic():
        close(by=as_client(alice), number=ticket.pk)
        transaction.set_rollback(True)

    assert (Event.objects.count(), len(jobs())) == before


def test_an_event_knows_from_where(alice, technical):
    actor = as_client(alice)
    by = type(actor)(user=alice, reach=actor.reach, channel=actor.channel, address="2001:db8::7")

    ticket = a_ticket(alice, technical, by=by)

    assert Event.objects.get(ticket=ticket).address == "2001:db8::7"


@pytest.fixture
def told(monkeypatch):
    """What open pages were told."""
    messages: list[dict] = []

    def hear(said: list[str]) -> None:
        for channel, text in zip(said[::2], said[1::2], strict=True):
            if channel == LIVE_CHANNEL:
                messages.append(json.loads(text))

    monkeypatch.setattr(wake, "_wake", hear)
    return messages


def test_open_pages_are_told_by_ids_alone(ticket, house, told, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        a_reply(as_staff(house.sam), ticket, "The password is swordfish")

    assert told == [
        {
            "event": Event.objects.get(kind=EventKind.STAFF_REPLIED).pk,
            "staff_only": False,
            "kind": "staff_replied",
            "provider": ticket.provider_id,
            "ticket": ticket.pk,
            "account": house.bakery.pk,
            "requester": house.alice.pk,
            "department": house.technical.pk,
            "actor": house.sam.pk,
        }
    ]


def test_what_is_the_desks_own_is_marked_so(ticket, sam, told, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        a_note(as_staff(sam), ticket)

    assert [message["staff_only"] for message in told] == [True]


def test_clients_learn_of_nothing_that_is_between_staff():
    secret = {"note_added", "ticket_taken", "ticket_assigned", "priority_set", "tags_set"}

    assert not secret & SEEN_BY_CLIENTS
