"""Looking at a ticket: read marks, and who else is on its page."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from frontdesk.accounts.models import Staff
from frontdesk.support.actions.mark_read import mark_read
from frontdesk.support.actions.show_presence import show_presence
from frontdesk.support.errors import NotAllowed
from frontdesk.support.models import Event, Presence, ReadMark, Ticket
from frontdesk.support.models.presence import PRESENCE_LASTS
from frontdesk.support.statuses import Side
from tests.factories import a_reply, a_ticket
from tests.people import as_client, as_staff


@pytest.fixture
def ticket(alice, technical):
    return a_ticket(alice, technical)


def is_unread(ticket, user, side) -> bool:
    return Ticket.objects.with_unread_mark(user.pk, side).get(pk=ticket.pk).is_unread


def test_an_answer_is_unread_until_it_was_looked_at(ticket, alice, sam):
    message = a_reply(as_staff(sam), ticket)
    assert is_unread(ticket, alice, Side.CLIENT)

    mark_read(by=as_client(alice), ticket=ticket, message_id=message.pk)

    assert not is_unread(ticket, alice, Side.CLIENT)


def test_ones_own_side_leaves_nothing_unread(ticket, alice, bob):
    assert not is_unread(ticket, alice, Side.CLIENT)
    assert not is_unread(ticket, bob, Side.CLIENT)


def test_what_one_reads_is_still_unread_to_another(ticket, alice, sam, hana):
    mark_read(by=as_staff(sam), ticket=ticket, message_id=ticket.last_message_id)

    assert not is_unread(ticket, sam, Side.STAFF)
    assert is_unread(ticket, hana, Side.STAFF)


def test_reading_never_moves_back(ticket, alice, sam):
    message = a_reply(as_staff(sam), ticket)
    for seen in (message.pk, ticket.last_message_id):
        mark_read(by=as_client(alice), ticket=ticket, message_id=seen)

    assert ReadMark.objects.get().message_id == message.pk


def test_looking_is_no_event(ticket, sam):
    before = Event.objects.count()

    mark_read(by=as_staff(sam), ticket=ticket, message_id=1)
    show_presence(by=as_staff(sam), ticket=ticket, is_writing=False)

    assert Event.objects.count() == before


def others(ticket, user) -> list[tuple[str, bool]]:
    mine = Staff.objects.get(user=user)
    rows = Presence.objects.others(ticket_id=ticket.pk, staff_id=mine.pk)
    return [(row.staff.user.name, row.is_writing) for row in rows]


def test_colleagues_see_who_is_writing(ticket, sam, hana):
    show_presence(by=as_staff(sam), ticket=ticket, is_writing=True)

    assert others(ticket, hana) == [("Sam Example", True)]
    assert others(ticket, sam) == []


def test_who_leaves_is_gone(ticket, sam, hana):
    show_presence(by=as_staff(sam), ticket=ticket, is_writing=True)
    show_presence(by=as_staff(sam), ticket=ticket, is_writing=False, is_leaving=True)

    assert others(ticket, hana) == []


def test_who_fell_silent_is_gone_too(ticket, sam, hana):
    show_presence(by=as_staff(sam), ticket=ticket, is_writing=True)
    Presence.objects.update(seen_at=timezone.now() - PRESENCE_LASTS - timedelta(seconds=1))

    assert others(ticket, hana) == []


def test_colleagues_pages_are_told_only_of_a_change(
    ticket, sam, django_capture_on_commit_callbacks
):
    told = []
    for is_writing in (False, False, True):
        with django_capture_on_commit_callbacks() as callbacks, transaction.atomic():
            show_presence(by=as_staff(sam), ticket=ticket, is_writing=is_writing)
        told.append(len(callbacks))

    assert told == [1, 0, 1]


def test_clients_are_not_seen(ticket, alice):
    with pytest.raises(NotAllowed):
        show_presence(by=as_client(alice), ticket=ticket, is_writing=True)
