"""Several tickets of the queue at once."""

import re

import pytest

from frontdesk.support.actions.take import take
from frontdesk.support.models import Ticket
from frontdesk.support.statuses import Status
from tests.channels.web.client.browser import Browser, text_of
from tests.factories import a_ticket
from tests.people import House, as_staff


@pytest.fixture
def sam(house: House) -> Browser:
    return Browser(house.sam)


def test_each_is_taken_and_each_refusal_told(house: House, sam: Browser) -> None:
    free, hanas = (a_ticket(house.alice, house.technical) for _ in range(2))
    take(by=as_staff(house.hana), number=hanas.pk)

    response = sam.send("desk_bulk", act="take", ticket=[free.pk, hanas.pk])

    text = text_of(sam.client.get(response.headers["Location"]))
    assert "1 ticket changed." in text
    assert f"#{hanas.pk}: Hana Example has this ticket already." in text
    free.refresh_from_db()
    assert free.assignee == house.sam.staff_places.get()


def test_closing_several_asks_once(house: House, sam: Browser) -> None:
    tickets = [a_ticket(house.alice, house.technical).pk for _ in range(2)]

    asked = sam.send("desk_bulk", act="close", ticket=tickets)
    before = Ticket.objects.filter(status=Status.SOLVED).count()
    sam.send("desk_bulk", act="close", ticket=tickets, confirm="1")

    assert "Close 2 tickets?" in text_of(asked)
    assert (before, Ticket.objects.filter(status=Status.SOLVED).count()) == (0, 2)


def test_assigning_several_asks_to_whom(house: House, sam: Browser) -> None:
    tickets = [a_ticket(house.alice, house.technical).pk for _ in range(2)]
    hana = house.hana.staff_places.get()

    asked = sam.send("desk_bulk", act="assign", ticket=tickets)
    sam.send("desk_bulk", act="assign", ticket=tickets, staff=hana.pk)

    assert "Hana Example" in text_of(asked)
    assert set(Ticket.objects.values_list("assignee", flat=True)) == {hana.pk}


def test_only_who_reads_all_of_them_is_offered(house: House) -> None:
    hana = Browser(house.hana)
    tickets = [a_ticket(house.alice, at) for at in (house.technical, house.administration)]
    both = [ticket.pk for ticket in tickets]
    sales = a_ticket(house.alice, house.sales).pk

    of_sams = text_of(hana.send("desk_bulk", act="assign", ticket=both))
    of_several = text_of(hana.send("desk_bulk", act="assign", ticket=[*both, sales]))

    assert "Sam Example" in of_sams
    assert "Omar Example" not in of_sams
    assert "Ada Example" in of_several
    assert not {"Sam Example", "Omar Example"} & set(re.findall(r"\w+ Example", of_several))


def test_assigning_several_can_be_left_for_the_list_they_are_of(house: House, sam: Browser) -> None:
    ticket = a_ticket(house.alice, house.technical)

    asked = sam.send("desk_bulk", query="?view=mine", act="assign", ticket=[ticket.pk])

    way = r'href="/northhost/desk/\?view=mine" data-cancel>Cancel<'
    assert re.search(way, asked.content.decode())


@pytest.mark.parametrize("act", ["take", "close", "assign"])
def test_tickets_of_other_departments_cannot_be_chosen(
    house: House, sam: Browser, act: str
) -> None:
    ticket = a_ticket(house.alice, house.sales)
    staff = house.sam.staff_places.get().pk

    sam.send("desk_bulk", act=act, ticket=[ticket.pk], confirm="1", staff=staff)

    ticket.refresh_from_db()
    assert (ticket.assignee, ticket.status) == (None, Status.IN_PROGRESS)


@pytest.mark.parametrize("chosen", [[], ["x"], ["9" * 40]])
def test_nothing_chosen_is_said(house: House, sam: Browser, chosen: list[str]) -> None:
    response = sam.send("desk_bulk", query="?view=mine", act="take", ticket=chosen)

    assert response.headers["Location"] == "/northhost/desk/?view=mine"
    assert "Select tickets first." in text_of(sam.client.get(response.headers["Location"]))
