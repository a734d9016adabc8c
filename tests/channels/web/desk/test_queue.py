"""The queue: who sees which tickets, in which order, at what cost."""

import pytest

from frontdesk.support.actions.assign import assign
from frontdesk.support.actions.set_priority import set_priority
from frontdesk.support.actions.set_tags import set_tags
from frontdesk.support.actions.take import take
from frontdesk.support.models import DepartmentSeat, Priority, Ticket
from tests.channels.web.client.browser import Browser, place_in, text_of
from tests.channels.web.desk.pages import row_of, rows_of
from tests.factories import a_reply, a_solved_ticket, a_ticket
from tests.people import House, as_client, as_staff

MOST_QUERIES = 6


@pytest.fixture
def sam(house: House) -> Browser:
    return Browser(house.sam)


def test_needs_reply_comes_first_and_oldest_waiting_first(house: House, sam: Browser) -> None:
    older = a_ticket(house.alice, house.technical)
    newer = a_ticket(house.carol, house.technical)
    a_reply(as_client(house.alice), older, "Any news?")

    response = sam.open("desk")

    assert rows_of(response) == [older.pk, newer.pk]


def test_an_agent_sees_only_tickets_of_his_departments(house: House, sam: Browser) -> None:
    own = a_ticket(house.alice, house.technical)
    a_ticket(house.alice, house.sales, "What does a second server cost?")

    response = sam.open("desk", view="all")

    assert rows_of(response) == [own.pk]
    assert "second server" not in response.content.decode()


def test_an_agent_cannot_filter_his_way_into_another_department(house: House, sam: Browser) -> None:
    a_ticket(house.alice, house.sales)

    response = sam.open("desk", view="all", department=house.sales.pk)

    assert rows_of(response) == []
    assert "Sales" not in text_of(response)


def test_a_head_sees_every_department(house: House) -> None:
    tickets = {a_ticket(house.alice, d).pk for d in (house.technical, house.sales)}

    response = Browser(house.hana).open("desk")

    assert set(rows_of(response)) == tickets


def test_each_view_has_its_tickets(house: House, sam: Browser) -> None:
    mine, nobodys = (a_ticket(house.alice, house.technical) for _ in range(2))
    take(by=as_staff(house.sam), number=mine.pk)
    a_reply(as_staff(house.sam), mine)
    solved = a_solved_ticket(house.alice, house.technical)

    views = {
        view: rows_of(sam.open("desk", view=view))
        for view in ("needs_reply", "mine", "unassigned", "waiting", "solved")
    }

    assert views == {
        "needs_reply": [nobodys.pk],
        "mine": [mine.pk],
        "unassigned": [nobodys.pk],
        "waiting": [mine.pk],
        "solved": [solved.pk],
    }


def test_a_department_is_a_view_with_its_statuses(house: House, sam: Browser) -> None:
    here = a_ticket(house.alice, house.administration)
    a_ticket(house.alice, house.technical)

    response = sam.open("desk", department=house.administration.pk)

    assert rows_of(response) == [here.pk]
    assert f"?view=solved&amp;department={house.administration.pk}" in response.content.decode()


@pytest.mark.parametrize(
    "query",
    [{"priority": "4"}, {"tag": "DNS"}, {"assignee": "nobody"}, {"priority": "4", "tag": "dns"}],
)
def test_filters_stand_in_the_address(house: House, sam: Browser, query: dict[str, str]) -> None:
    wanted, other = (a_ticket(house.alice, house.technical) for _ in range(2))
    by = as_staff(house.hana)
    set_priority(by=by, number=wanted.pk, priority=Priority.URGENT)
    set_tags(by=by, number=wanted.pk, tags=["dns"])
    take(by=as_staff(house.sam), number=other.pk)

    response = sam.open("desk", **query)

    assert rows_of(response) == [wanted.pk]


def test_the_assignee_filter_names_a_colleague(house: House, sam: Browser) -> None:
    hanas, mine = (a_ticket(house.alice, house.technical) for _ in range(2))
    hana = house.hana.staff_places.get()
    assign(by=as_staff(house.hana), number=hanas.pk, staff_id=hana.pk)
    take(by=as_staff(house.sam), number=mine.pk)

    assert rows_of(sam.open("desk", assignee=hana.pk)) == [hanas.pk]
    assert rows_of(sam.open("desk", assignee="me")) == [mine.pk]


@pytest.mark.parametrize(
    "query",
    [
        {"view": "made-up"},
        {"department": "x"},
        {"priority": "9" * 30},
        {"assignee": "-1"},
        {"after": "x"},
        {"before": "9" * 18 + "-1"},
        {"tag": "\x00"},
        {"q": "\x00"},
    ],
)
def test_what_is_no_filter_of_ours_breaks_nothing(sam: Browser, query: dict[str, str]) -> None:
    assert sam.open("desk", **query).status_code == 200


def test_what_the_client_wrote_last_is_bold_until_read(house: House, sam: Browser) -> None:
    ticket = a_ticket(house.alice, house.technical)

    before = row_of(sam.open("desk"), ticket.pk)
    sam.open("desk_ticket", ticket.pk)
    after = row_of(sam.open("desk"), ticket.pk)

    assert ("<b>" in before, "Unread" in before) == (True, True)
    assert ("<b>" in after, "Unread" in after) == (False, False)


def test_a_row_tells_what_it_is_without_opening(house: House, sam: Browser) -> None:
    ticket = a_ticket(house.alice, house.technical, "The shop is slow.\nSince last night.")
    take(by=as_staff(house.sam), number=ticket.pk)

    row = row_of(sam.open("desk"), ticket.pk)

    for words in ("The shop is slow.", "Since last night.", "Alice&#39;s Bakery", "Sam Example"):
        assert words in row
    assert "Priority: Normal" in row


def test_the_next_page_goes_on_where_the_first_ended(house: House, sam: Browser) -> None:
    tickets = [a_ticket(house.alice, house.technical).pk for _ in range(53)]

    first = sam.open("desk")
    second = sam.open("desk", after=place_in(first, "after"))
    back = sam.open("desk", before=place_in(second, "before"))

    assert rows_of(first) + rows_of(second) == tickets
    assert rows_of(back) == tickets[:50]


def test_counters_stop_at_99(house: House, sam: Browser) -> None:
    model = a_ticket(house.alice, house.technical)
    fields = [f.attname for f in Ticket._meta.concrete_fields if f.attname != "id"]
    values = {name: getattr(model, name) for name in fields}
    Ticket.objects.bulk_create(Ticket(**values) for _ in range(120))

    text = text_of(sam.open("desk"))

    assert "99+" in text
    assert "121 tickets" not in text


def test_search_finds_words_of_messages_and_numbers(house: House, sam: Browser) -> None:
    ticket = a_ticket(house.alice, house.technical, "Mail bounces with code S3140")
    a_ticket(house.alice, house.technical)
    hidden = a_ticket(house.alice, house.sales, "Another S3140")

    assert rows_of(sam.open("desk", q="s3140")) == [ticket.pk]
    assert rows_of(sam.open("desk", q=f"#{ticket.pk}")) == [ticket.pk]
    assert rows_of(sam.open("desk", q=f"{hidden.pk}")) == []


def test_an_empty_view_says_so(sam: Browser) -> None:
    assert "Nothing waits for you." in text_of(sam.open("desk"))
    assert "No tickets in this view." in text_of(sam.open("desk", view="mine"))
    assert "No ticket matches “xyz”." in text_of(sam.open("desk", q="xyz"))


@pytest.mark.parametrize("tickets", [1, 30])
@pytest.mark.parametrize("query", [{}, {"view": "all"}, {"filter": "open"}, {"tag": "dns"}])
def test_the_queue_asks_no_more_for_more_tickets(
    house: House, sam: Browser, query: dict[str, str], tickets: int, django_assert_max_num_queries
) -> None:
    for _ in range(tickets):
        ticket = a_ticket(house.alice, house.technical)
        take(by=as_staff(house.sam), number=ticket.pk)
        set_tags(by=as_staff(house.sam), number=ticket.pk, tags=["dns"])

    with django_assert_max_num_queries(MOST_QUERIES):
        response = sam.open("desk", **query)

    assert len(rows_of(response)) == tickets


def test_staff_without_a_department_see_an_empty_desk(house: House, sam: Browser) -> None:
    a_ticket(house.alice, house.technical)
    house.sam.staff_places.get().seats.all().delete()

    assert rows_of(sam.open("desk", view="all")) == []


def test_a_tag_and_a_subject_are_text(house: House, sam: Browser) -> None:
    ticket = a_ticket(house.alice, house.technical, "<b onclick=x>Bold</b> & more")
    set_tags(by=as_staff(house.sam), number=ticket.pk, tags=["<i>tag</i>"])

    html = sam.open("desk").content.decode()

    assert "<b onclick" not in html
    assert "<i>tag" not in html


def test_who_is_in_no_department_is_told_why_there_is_nothing(house: House, sam: Browser) -> None:
    DepartmentSeat.objects.filter(staff__user=house.sam).delete()

    assert "You are in no department yet." in text_of(sam.open("desk"))
