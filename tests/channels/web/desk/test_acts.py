"""Take, assign, move, prioritise, tag, close: done once, told to who came second."""

import pytest

from frontdesk.support.actions.close import close
from frontdesk.support.actions.take import take
from frontdesk.support.models import Priority
from frontdesk.support.models.note import Note
from frontdesk.support.statuses import Status
from tests.channels.web.client.browser import Browser, text_of
from tests.factories import a_solved_ticket, a_ticket
from tests.people import House, as_client, as_staff


@pytest.fixture
def sam(house: House) -> Browser:
    return Browser(house.sam)


def follow(browser: Browser, response) -> str:
    """Return the words of the page that an answer leads to."""
    return text_of(browser.client.get(response.headers["Location"]))


def test_take_makes_it_mine(house: House, sam: Browser) -> None:
    ticket = a_ticket(house.alice, house.technical)

    response = sam.send("desk_take", ticket.pk, query="?view=unassigned")

    ticket.refresh_from_db()
    assert ticket.assignee == house.sam.staff_places.get()
    assert response.headers["Location"] == f"/northhost/desk/tickets/{ticket.pk}/?view=unassigned"


def test_the_second_taker_is_told_who_has_it(house: House, sam: Browser) -> None:
    ticket = a_ticket(house.alice, house.technical)
    take(by=as_staff(house.hana), number=ticket.pk)

    words = follow(sam, sam.send("desk_take", ticket.pk))

    ticket.refresh_from_db()
    assert "Hana Example has this ticket already." in words
    assert ticket.assignee == house.hana.staff_places.get()


def test_assign_offers_only_who_may_read_the_ticket(house: House, sam: Browser) -> None:
    ticket = a_ticket(house.alice, house.technical)

    text = text_of(sam.open("desk_assign", ticket.pk))

    assert "Hana Example" in text
    assert "Omar Example" not in text
    assert "Sven Example" not in text


def test_assign_to_a_colleague_and_to_nobody(house: House, sam: Browser) -> None:
    ticket, hana = a_ticket(house.alice, house.technical), house.hana.staff_places.get()

    sam.send("desk_assign", ticket.pk, staff=hana.pk)
    ticket.refresh_from_db()
    first = ticket.assignee
    sam.send("desk_assign", ticket.pk, staff="nobody")
    ticket.refresh_from_db()

    assert (first, ticket.assignee) == (hana, None)


def test_assign_to_who_may_not_read_it_is_refused(house: House, sam: Browser) -> None:
    ticket, omar = a_ticket(house.alice, house.technical), house.omar.staff_places.get()

    words = follow(sam, sam.send("desk_assign", ticket.pk, staff=omar.pk))

    ticket.refresh_from_db()
    assert "Choose someone who can read this ticket." in words
    assert ticket.assignee is None


def test_a_move_wants_a_reason_and_keeps_what_was_chosen(house: House, sam: Browser) -> None:
    ticket = a_ticket(house.alice, house.technical)

    response = sam.send("desk_transfer", ticket.pk, department=house.sales.pk, reason=" ")

    ticket.refresh_from_db()
    assert (response.status_code, ticket.department) == (422, house.technical)
    assert "Write a reason first." in text_of(response)
    assert f'value="{house.sales.pk}" required checked' in response.content.decode()


def test_a_move_wants_another_department_and_keeps_the_reason(house: House, sam: Browser) -> None:
    ticket = a_ticket(house.alice, house.technical)

    response = sam.send("desk_transfer", ticket.pk, reason="A price")

    assert response.status_code == 422
    assert "Choose another department." in text_of(response)
    assert ">\nA price<" in response.content.decode()


def test_who_moves_a_ticket_out_of_his_departments_goes_back_to_the_list(
    house: House, sam: Browser
) -> None:
    ticket = a_ticket(house.alice, house.technical)

    response = sam.send("desk_transfer", ticket.pk, department=house.sales.pk, reason="A price")

    assert response.headers["Location"] == "/northhost/desk/"
    assert f"Ticket #{ticket.pk} is now with Sales." in follow(sam, response)
    assert sam.open("desk_ticket", ticket.pk).status_code == 404
    assert Note.objects.get().text == "A price"


def test_a_move_within_ones_departments_stays_at_the_ticket(house: House, sam: Browser) -> None:
    ticket = a_ticket(house.alice, house.technical)
    fields = {"department": house.administration.pk, "reason": "An invoice"}

    response = sam.send("desk_transfer", ticket.pk, **fields)

    assert response.headers["Location"] == f"/northhost/desk/tickets/{ticket.pk}/"


def test_priority_is_one_of_four(house: House, sam: Browser) -> None:
    ticket = a_ticket(house.alice, house.technical)

    sam.send("desk_priority", ticket.pk, priority="4")
    asked = sam.send("desk_priority", ticket.pk, priority="5")

    ticket.refresh_from_db()
    assert (ticket.priority, asked.status_code) == (Priority.URGENT, 200)


def test_tags_are_parted_by_commas(house: House, sam: Browser) -> None:
    ticket = a_ticket(house.alice, house.technical)

    sam.send("desk_tags", ticket.pk, tags="DNS, mail ,, dns")

    ticket.refresh_from_db()
    assert ticket.tags == ["dns", "mail"]
    assert 'value="dns, mail"' in sam.open("desk_tags", ticket.pk).content.decode()


def test_closing_asks_once(house: House, sam: Browser) -> None:
    ticket = a_ticket(house.alice, house.technical)

    asked = sam.send("desk_close", ticket.pk)
    ticket.refresh_from_db()
    before = ticket.status
    sam.send("desk_close", ticket.pk, confirm="1")
    ticket.refresh_from_db()

    assert f"Close ticket #{ticket.pk}?" in text_of(asked)
    assert (before, ticket.status) == (Status.IN_PROGRESS, Status.SOLVED)


def test_closing_leads_to_the_next_ticket_when_wished(house: House, sam: Browser) -> None:
    first, second = (a_ticket(house.alice, house.technical) for _ in range(2))

    response = sam.send("desk_close", first.pk, confirm="1", next="1")

    assert response.headers["Location"] == f"/northhost/desk/tickets/{second.pk}/"


def test_who_closes_second_is_told(house: House, sam: Browser) -> None:
    ticket = a_ticket(house.alice, house.technical)
    close(by=as_client(house.alice), number=ticket.pk)

    words = follow(sam, sam.send("desk_close", ticket.pk, confirm="1"))

    assert "This ticket is closed. Nothing was changed." in words


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("desk_take", {}),
        ("desk_assign", {"staff": "nobody"}),
        ("desk_priority", {"priority": "4"}),
        ("desk_transfer", {"department": "sales", "reason": "A price"}),
        ("desk_close", {"confirm": "1"}),
    ],
)
def test_a_solved_ticket_stays_as_it_is(
    house: House, sam: Browser, name: str, fields: dict[str, str]
) -> None:
    ticket = a_solved_ticket(house.alice, house.technical)
    if "department" in fields:
        fields = {**fields, "department": str(house.sales.pk)}

    words = follow(sam, sam.send(name, ticket.pk, **fields))

    assert "This ticket is closed. Nothing was changed." in words


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("desk_take", {}),
        ("desk_assign", {"staff": "nobody"}),
        ("desk_transfer", {"department": "1", "reason": "Mine"}),
        ("desk_priority", {"priority": "4"}),
        ("desk_tags", {"tags": "x"}),
        ("desk_close", {"confirm": "1"}),
        ("desk_close", {"confirm": "1", "next": "1"}),
    ],
)
def test_nobody_acts_on_another_departments_ticket(
    house: House, name: str, fields: dict[str, str]
) -> None:
    ticket = a_ticket(house.alice, house.technical)

    response = Browser(house.omar).send(name, ticket.pk, **fields)

    before = (ticket.status, ticket.priority, ticket.tags, ticket.assignee_id, ticket.department_id)
    ticket.refresh_from_db()
    assert response.status_code == 404
    assert before == (
        ticket.status,
        ticket.priority,
        ticket.tags,
        ticket.assignee_id,
        ticket.department_id,
    )


@pytest.mark.parametrize("act", ["desk_reply", "desk_note", "desk_take"])
def test_the_address_of_a_form_leads_who_opens_it_to_the_ticket(
    house: House, sam: Browser, act: str
) -> None:
    seen, hidden = (a_ticket(house.alice, at) for at in (house.technical, house.sales))

    response = sam.open(act, seen.pk, view="mine")

    assert response.status_code == 303
    assert response.headers["Location"] == f"/northhost/desk/tickets/{seen.pk}/?view=mine"
    assert sam.open(act, hidden.pk).status_code == 404
