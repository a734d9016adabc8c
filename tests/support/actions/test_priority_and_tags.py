"""What staff alone say of a ticket: how urgent it is, and what about."""

import pytest

from frontdesk.support import errors
from frontdesk.support.actions.set_priority import set_priority
from frontdesk.support.actions.set_tags import set_tags
from frontdesk.support.models import Event, EventKind, Priority, Ticket
from tests.factories import a_solved_ticket, a_ticket
from tests.people import as_client, as_staff


@pytest.fixture
def ticket(alice, technical):
    return a_ticket(alice, technical)


def test_staff_say_how_urgent_a_ticket_is(ticket, sam):
    urgent = set_priority(by=as_staff(sam), number=ticket.pk, priority=Priority.URGENT)

    urgent.refresh_from_db()
    assert urgent.priority == Priority.URGENT
    assert Event.objects.get(kind=EventKind.PRIORITY_SET).data == {"from": 2, "priority": 4}


def test_the_same_priority_again_writes_nothing(ticket, sam):
    set_priority(by=as_staff(sam), number=ticket.pk, priority=Priority.NORMAL)

    assert not Event.objects.filter(kind=EventKind.PRIORITY_SET).exists()


def test_a_solved_ticket_is_not_urgent(alice, sam, technical):
    solved = a_solved_ticket(alice, technical)

    with pytest.raises(errors.TicketSolved):
        set_priority(by=as_staff(sam), number=solved.pk, priority=Priority.URGENT)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (["VPS", "vps ", " Slow  disk"], ["slow disk", "vps"]),
        (["", "  ", "\x00"], []),
        (["a\x00b", "\ud800c"], ["ab", "c"]),
        (["x" * 40], ["x" * 30]),
        ([f"t{n:02}" for n in range(12)], [f"t{n:02}" for n in range(10)]),
    ],
)
def test_tags_are_few_short_words_each_once(ticket, sam, typed, kept):
    tagged = set_tags(by=as_staff(sam), number=ticket.pk, tags=typed)

    tagged.refresh_from_db()
    assert tagged.tags == kept


def test_the_event_of_tags_does_not_say_them(ticket, sam):
    set_tags(by=as_staff(sam), number=ticket.pk, tags=["vps", "angry"])

    assert Event.objects.get(kind=EventKind.TAGS_SET).data == {"count": 2}


def test_the_same_tags_again_write_nothing(ticket, sam):
    set_tags(by=as_staff(sam), number=ticket.pk, tags=["vps"])
    set_tags(by=as_staff(sam), number=ticket.pk, tags=["VPS"])

    assert Event.objects.filter(kind=EventKind.TAGS_SET).count() == 1


def test_a_solved_ticket_can_be_tagged(alice, sam, technical):
    solved = a_solved_ticket(alice, technical)

    assert set_tags(by=as_staff(sam), number=solved.pk, tags=["vps"]).tags == ["vps"]


@pytest.mark.parametrize("name", ["omar", "sven"])
def test_staff_who_do_not_read_a_ticket_say_nothing_of_it(ticket, house, name):
    by = as_staff(getattr(house, name))

    with pytest.raises(Ticket.DoesNotExist):
        set_tags(by=by, number=ticket.pk, tags=["vps"])
    with pytest.raises(Ticket.DoesNotExist):
        set_priority(by=by, number=ticket.pk, priority=Priority.LOW)


def test_clients_say_nothing_of_it(ticket, alice):
    with pytest.raises(errors.NotAllowed):
        set_tags(by=as_client(alice), number=ticket.pk, tags=["vps"])
    with pytest.raises(errors.NotAllowed):
        set_priority(by=as_client(alice), number=ticket.pk, priority=Priority.LOW)
