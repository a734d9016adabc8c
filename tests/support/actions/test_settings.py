"""Settings are the administrators'; one of them always stays; nothing crosses providers."""

from io import BytesIO

import pytest

from frontdesk.accounts.models import Staff
from frontdesk.accounts.models.staff import Role
from frontdesk.support import errors
from frontdesk.support.actions.delete_canned_reply import delete_canned_reply
from frontdesk.support.actions.invite_staff import invite_staff
from frontdesk.support.actions.move_department import move_department
from frontdesk.support.actions.save_canned_reply import CannedText, save_canned_reply
from frontdesk.support.actions.save_department import DepartmentChange, save_department
from frontdesk.support.actions.save_logo import save_logo
from frontdesk.support.actions.save_provider import ProviderChange, save_provider
from frontdesk.support.actions.save_staff import StaffChange, save_staff
from frontdesk.support.actions.take import take
from frontdesk.support.invitations import Invitee
from frontdesk.support.models import Event, EventKind
from tests.factories import a_ticket
from tests.people import House, as_staff, build_house
from tests.threads import at_once

NORTH = ProviderChange("North", 1, "", "UTC")
ACTS = {
    "save_provider": lambda by: save_provider(by=by, change=NORTH),
    "save_logo": lambda by: save_logo(by=by, file=BytesIO(b"")),
    "save_department": lambda by: save_department(by=by, change=DepartmentChange("Mine")),
    "move_department": lambda by: move_department(by=by, department_id=1, steps=1),
    "save_staff": lambda by: save_staff(
        by=by, staff_id=by.staff.staff_id, change=StaffChange(Role.ADMINISTRATOR)
    ),
    "invite_staff": lambda by: invite_staff(
        by=by, invitee=Invitee("eve@evil.example", "Eve"), change=StaffChange(Role.AGENT)
    ),
    "save_canned_reply": lambda by: save_canned_reply(by=by, canned=CannedText("Hi", "Hi.")),
    "delete_canned_reply": lambda by: delete_canned_reply(by=by, reply_id=1),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("person", ["sam", "hana"])
def test_only_administrators_change_settings(house: House, act: str, person: str) -> None:
    with pytest.raises(errors.NotAllowed):
        ACTS[act](as_staff(getattr(house, person)))

    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_administrators_cannot_demote_each_other() -> None:
    house = build_house()
    ada, hana = house.ada, house.hana
    Staff.objects.filter(user=hana).update(role=Role.ADMINISTRATOR)
    places = {user: Staff.objects.get(user=user).pk for user in (ada, hana)}

    def demote(user, other):
        by, change = as_staff(user), StaffChange(Role.AGENT)
        return lambda: save_staff(by=by, staff_id=places[other], change=change)

    results = at_once(demote(ada, hana), demote(hana, ada))

    left = Staff.objects.filter(role=Role.ADMINISTRATOR, is_active=True).count()
    assert left == 1
    assert sum(isinstance(result, errors.Refused) for result in results) == 1


def test_a_lost_seat_frees_the_tickets_of_that_department_only(house: House) -> None:
    lost, kept = (a_ticket(house.alice, d) for d in (house.technical, house.administration))
    for ticket in (lost, kept):
        take(by=as_staff(house.sam), number=ticket.pk)

    sam = house.sam.staff_places.get()
    seats = frozenset({house.administration.pk})
    save_staff(by=as_staff(house.ada), staff_id=sam.pk, change=StaffChange(Role.AGENT, seats))

    lost.refresh_from_db()
    kept.refresh_from_db()
    assert lost.assignee is None
    assert kept.assignee == sam
    event = Event.objects.filter(kind=EventKind.TICKET_ASSIGNED).get()
    assert event.data == {"from": sam.pk, "assignee": None}


def test_a_department_without_one_of_its_people_frees_the_tickets_too(house: House) -> None:
    ticket = a_ticket(house.alice, house.technical)
    take(by=as_staff(house.sam), number=ticket.pk)

    save_department(
        by=as_staff(house.ada),
        change=DepartmentChange("Technical support"),
        department_id=house.technical.pk,
    )

    ticket.refresh_from_db()
    assert ticket.assignee is None


def test_events_of_settings_hold_no_words(house: House) -> None:
    made = save_department(by=as_staff(house.ada), change=DepartmentChange("Secret plans"))

    event = Event.objects.get(kind=EventKind.SETTINGS_CHANGED)
    assert event.data == {"what": "department", "id": made.pk, "act": "created"}
    assert event.ticket is None


def test_who_comes_back_is_invited_anew(house: House) -> None:
    place = house.omar.staff_places.get()
    ada = as_staff(house.ada)
    save_staff(by=ada, staff_id=place.pk, change=StaffChange(Role.AGENT, is_active=False))

    back = invite_staff(
        by=ada, invitee=Invitee(house.omar.email, "Omar"), change=StaffChange(Role.HEAD)
    )

    assert back.pk == place.pk
    assert (back.role, back.is_active) == (Role.HEAD, True)
