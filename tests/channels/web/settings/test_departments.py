"""Departments: made, changed, ordered and hidden by administrators."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from frontdesk.support.models import Department
from tests.factories import a_ticket
from tests.people import House


@pytest.fixture
def ada_at(house: House) -> Client:
    client = Client()
    client.force_login(house.ada)
    return client


def address(department: Department) -> str:
    return f"/northhost/settings/departments/{department.pk}/"


def test_a_new_department_comes_last_with_its_people(house: House, ada_at: Client) -> None:
    sam = house.sam.staff_places.get()
    form = {"name": "Abuse", "description": "Reports", "is_visible": "on", "staff": [sam.pk]}

    response = ada_at.post("/northhost/settings/departments/new/", form)

    made = Department.objects.get(name="Abuse")
    assert response.status_code == 303
    assert list(house.north.departments.in_order())[-1] == made
    assert list(made.staff.all()) == [sam]


def test_a_department_is_changed(house: House, ada_at: Client) -> None:
    form = {"name": "Helpdesk", "description": "All", "hours": "Day and night", "is_visible": "on"}

    ada_at.post(address(house.technical), form)

    house.technical.refresh_from_db()
    assert house.technical.name == "Helpdesk"
    assert house.technical.hours == "Day and night"


@pytest.mark.parametrize("name", ["Sales", "sALES", " Sales "])
def test_a_taken_name_comes_back_with_everything_typed(
    house: House, ada_at: Client, name: str
) -> None:
    form = {"name": name, "description": "Not lost", "is_visible": "on"}

    response = ada_at.post(address(house.technical), form)

    html = response.content.decode()
    assert response.status_code == 422
    assert "There is one with this name already." in html
    assert 'value="Not lost"' in html
    assert 'href="#name"' in html


def test_hiding_keeps_the_tickets_and_says_so(house: House, ada_at: Client) -> None:
    ticket = a_ticket(house.alice, house.technical)
    form = {"name": "Technical support", "is_visible": "on", "hide": "1"}

    response = ada_at.post(address(house.technical), form, follow=True)

    house.technical.refresh_from_db()
    ticket.refresh_from_db()
    assert not house.technical.is_visible
    assert ticket.department == house.technical
    assert "is hidden. Its tickets stay." in response.content.decode()


@pytest.mark.parametrize(("button", "names"), [("up", 1), ("down", 2)])
def test_departments_move_one_place(house: House, ada_at: Client, button: str, names) -> None:
    before = [row.name for row in house.north.departments.in_order()]

    ada_at.post(f"{address(house.sales)}move/", {button: "1"})

    after = [row.name for row in house.north.departments.in_order()]
    expected = {1: ["Sales", "Technical support", "Administration"]}.get(
        names, ["Technical support", "Administration", "Sales"]
    )
    assert before == ["Technical support", "Sales", "Administration"]
    assert after == expected


def test_departments_of_another_provider_do_not_exist(house: House, ada_at: Client) -> None:
    foreign = address(house.south_support)

    assert ada_at.get(foreign).status_code == 404
    assert ada_at.post(foreign, {"name": "Mine"}).status_code == 404
    assert ada_at.post(f"{foreign}move/", {"up": "1"}).status_code == 404


def test_staff_of_another_provider_get_no_seat(house: House, ada_at: Client) -> None:
    sven = house.sven.staff_places.get()
    form = {"name": "Technical support", "staff": [str(sven.pk), "x", "9" * 40]}

    ada_at.post(address(house.technical), form)

    assert list(house.technical.staff.all()) == []


@pytest.mark.parametrize("path", ["departments/", "staff/", "canned/", ""])
def test_lists_of_settings_take_few_queries(house: House, ada_at: Client, path: str) -> None:
    with CaptureQueriesContext(connection) as queries:
        ada_at.get(f"/northhost/settings/{path}")

    assert len(queries) <= 6
