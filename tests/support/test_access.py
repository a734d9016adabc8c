"""Who may see what."""

import pytest

from frontdesk.accounts.models import Member, Staff
from frontdesk.accounts.models.account import Right
from frontdesk.accounts.models.staff import Role
from frontdesk.support.access import ClientReach, StaffReach, client_reach, staff_reach
from frontdesk.support.models import DepartmentSeat, Ticket
from tests.factories import a_ticket
from tests.people import as_client, as_staff


@pytest.fixture
def tickets(house):
    """One ticket of each person, in each department of his provider, by their names."""
    return {
        f"{name}:{department}": a_ticket(
            getattr(house, name),
            getattr(house, department),
            by=as_client(getattr(house, name), getattr(house, department).provider),
        )
        for name, department in (
            ("alice", "technical"),
            ("alice", "sales"),
            ("bob", "technical"),
            ("carol", "technical"),
            ("dora", "administration"),
            ("dora", "south_support"),
        )
    }


def seen_by(reach, tickets) -> set[str]:
    seen = set(Ticket.objects.visible_to(reach))
    return {name for name, ticket in tickets.items() if ticket in seen}


@pytest.mark.parametrize(
    ("name", "sees"),
    [
        ("alice", {"alice:technical", "alice:sales", "bob:technical"}),
        ("bob", {"bob:technical"}),
        ("carol", {"carol:technical"}),
    ],
)
def test_a_client_sees_what_his_right_says_and_nothing_else(house, tickets, name, sees):
    assert seen_by(as_client(getattr(house, name)).reach, tickets) == sees


def test_who_is_a_client_of_two_providers_sees_each_apart(house, tickets):
    assert seen_by(as_client(house.dora, house.north).reach, tickets) == {"dora:administration"}
    assert seen_by(as_client(house.dora, house.south).reach, tickets) == {"dora:south_support"}


@pytest.mark.parametrize(
    ("name", "sees"),
    [
        ("sam", {"alice:technical", "bob:technical", "carol:technical", "dora:administration"}),
        ("omar", {"alice:sales"}),
        ("sven", {"dora:south_support"}),
    ],
)
def test_an_agent_sees_the_tickets_of_his_departments(house, tickets, name, sees):
    assert seen_by(as_staff(getattr(house, name)).reach, tickets) == sees


@pytest.mark.parametrize("name", ["hana", "ada"])
def test_heads_and_administrators_see_all_of_their_provider(house, tickets, name):
    reach = as_staff(getattr(house, name)).reach

    assert seen_by(reach, tickets) == set(tickets) - {"dora:south_support"}


def test_an_agent_without_a_department_sees_nothing(house, tickets):
    DepartmentSeat.objects.filter(staff__user=house.sam).delete()

    assert seen_by(staff_reach(house.sam, house.north), tickets) == set()


def test_reaching_no_account_is_seeing_nothing(house, tickets):
    nothing = ClientReach(house.north.pk, house.alice.pk, frozenset(), frozenset())

    assert seen_by(nothing, tickets) == set()


def test_a_right_to_own_tickets_in_one_account_says_nothing_of_another(house, tickets):
    Member.objects.create(
        provider=house.north, account=house.carols_account, user=house.bob, right=Right.ALL
    )

    sees = seen_by(client_reach(house.bob, house.north), tickets)

    assert sees == {"bob:technical", "carol:technical"}


@pytest.mark.parametrize("name", ["alice", "bob", "carol", "dora"])
def test_clients_are_no_staff(house, name):
    assert staff_reach(getattr(house, name), house.north) is None


@pytest.mark.parametrize("name", ["sam", "hana", "ada", "sven"])
def test_staff_are_no_clients(house, name):
    assert client_reach(getattr(house, name), house.north) is None


def test_nobody_works_at_another_provider(house):
    assert staff_reach(house.sven, house.north) is None
    assert client_reach(house.alice, house.south) is None


def test_who_has_left_reaches_nothing(house):
    Staff.objects.filter(user=house.sam).update(is_active=False)

    assert staff_reach(house.sam, house.north) is None


@pytest.mark.parametrize(("role", "sees_all"), [("agent", False), ("head", True)])
def test_a_role_decides_how_far_staff_reach(house, role, sees_all):
    staff = Staff.objects.get(user=house.sam)
    staff.role = role

    reach = StaffReach.of(staff, [house.technical.pk])

    assert reach.reaches_department(house.technical.pk)
    assert reach.reaches_department(house.sales.pk) is sees_all


def test_only_administrators_are_administrators(house):
    assert Staff.objects.get(user=house.ada).is_administrator
    assert not Staff.objects.get(user=house.hana).is_administrator
    assert {Role.AGENT, Role.HEAD, Role.ADMINISTRATOR} == set(Role)


def test_rights_cost_one_query(house, django_assert_num_queries):
    with django_assert_num_queries(1):
        staff_reach(house.sam, house.north)
    with django_assert_num_queries(1):
        client_reach(house.alice, house.north)
