"""Whose ticket it is."""

import pytest

from frontdesk.accounts.models import Staff
from frontdesk.accounts.models.staff import Role
from frontdesk.support import errors
from frontdesk.support.actions.assign import assign, possible_assignees
from frontdesk.support.actions.take import take
from frontdesk.support.models import DepartmentSeat, Event, EventKind, Ticket
from tests.factories import a_solved_ticket, a_ticket
from tests.people import as_client, as_staff


@pytest.fixture
def ticket(alice, technical):
    return a_ticket(alice, technical)


def place_of(user):
    return Staff.objects.get(user=user)


def test_who_takes_a_ticket_has_it(ticket, sam):
    taken = take(by=as_staff(sam), number=ticket.pk)

    taken.refresh_from_db()
    assert taken.assignee == place_of(sam)
    event = Event.objects.get(kind=EventKind.TICKET_TAKEN)
    assert event.data == {"assignee": place_of(sam).pk}


def test_the_second_taker_is_told_who_was_first(ticket, sam, hana):
    take(by=as_staff(hana), number=ticket.pk)

    with pytest.raises(errors.AlreadyTaken) as refused:
        take(by=as_staff(sam), number=ticket.pk)

    assert refused.value.ticket.assignee.user == hana


def test_taking_what_one_has_changes_nothing(ticket, sam):
    take(by=as_staff(sam), number=ticket.pk)

    take(by=as_staff(sam), number=ticket.pk)

    assert Event.objects.filter(kind=EventKind.TICKET_TAKEN).count() == 1


def test_a_solved_ticket_is_not_taken(alice, sam, technical):
    with pytest.raises(errors.TicketSolved):
        take(by=as_staff(sam), number=a_solved_ticket(alice, technical).pk)


def test_clients_take_and_assign_nothing(ticket, alice, sam):
    with pytest.raises(errors.NotAllowed):
        take(by=as_client(alice), number=ticket.pk)
    with pytest.raises(errors.NotAllowed):
        assign(by=as_client(alice), number=ticket.pk, staff_id=place_of(sam).pk)


def test_staff_give_a_ticket_to_a_colleague_and_back_to_nobody(ticket, sam, hana):
    assign(by=as_staff(sam), number=ticket.pk, staff_id=place_of(hana).pk)
    freed = assign(by=as_staff(sam), number=ticket.pk, staff_id=None)

    assert freed.assignee is None
    data = Event.objects.filter(kind=EventKind.TICKET_ASSIGNED).order_by("pk").values_list("data")
    hanas = place_of(hana).pk
    assert [row[0] for row in data] == [
        {"from": None, "assignee": hanas},
        {"from": hanas, "assignee": None},
    ]


def test_assigning_to_who_has_it_writes_nothing(ticket, sam):
    assign(by=as_staff(sam), number=ticket.pk, staff_id=None)

    assert not Event.objects.filter(kind=EventKind.TICKET_ASSIGNED).exists()


@pytest.mark.parametrize("name", ["omar", "sven"])
def test_a_ticket_is_given_to_nobody_who_may_not_read_it(ticket, house, name):
    other = place_of(getattr(house, name))

    with pytest.raises(errors.NoSuchAssignee):
        assign(by=as_staff(house.sam), number=ticket.pk, staff_id=other.pk)


@pytest.mark.parametrize("gone", ["staff", "user"])
def test_a_ticket_is_given_to_nobody_who_has_left(ticket, sam, hana, gone):
    place = place_of(hana)
    left = place if gone == "staff" else place.user
    left.is_active = False
    left.save()

    with pytest.raises(errors.NoSuchAssignee):
        assign(by=as_staff(sam), number=ticket.pk, staff_id=place.pk)


def test_who_could_have_a_ticket_is_listed_once_by_name(ticket, house):
    sam = place_of(house.sam)
    DepartmentSeat.objects.create(provider=house.north, staff=sam, department=house.sales)
    Staff.objects.filter(pk=sam.pk).update(role=Role.HEAD)

    names = [staff.user.name for staff in possible_assignees(ticket)]

    assert names == ["Ada Example", "Hana Example", "Sam Example"]


def test_staff_who_do_not_read_a_ticket_do_not_take_it(ticket, omar):
    with pytest.raises(Ticket.DoesNotExist):
        take(by=as_staff(omar), number=ticket.pk)
