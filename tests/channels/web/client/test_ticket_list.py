"""All tickets: only what one may read, newest activity first, page by page."""

from collections.abc import Callable, Iterator

import pytest

from frontdesk.accounts.models import Member
from frontdesk.channels.web import counting
from frontdesk.channels.web.client import ticket_queries
from frontdesk.support.actions.mark_read import mark_read
from frontdesk.support.models import Ticket
from tests.channels.web.client.browser import HTMX, Browser, numbers_in, place_in, text_of
from tests.factories import a_note, a_reply, a_solved_ticket, a_ticket
from tests.people import House, as_client, as_staff


@pytest.fixture
def bounds(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Make lists shorter; their queries are composed anew, and again afterwards."""
    kept = (ticket_queries._page_query, ticket_queries._counts_query)

    def set_bounds(**values: int) -> None:
        for name, value in values.items():
            module = counting if name == "COUNT_BOUND" else ticket_queries
            monkeypatch.setattr(module, name, value)
        for query in kept:
            query.cache_clear()

    yield set_bounds
    for query in kept:
        query.cache_clear()


def test_newest_activity_comes_first(house: House) -> None:
    older = a_ticket(house.alice, house.technical, "Older")
    newer = a_ticket(house.alice, house.technical, "Newer")
    a_reply(as_staff(house.sam), older)

    assert numbers_in(Browser(house.alice).open("tickets")) == [older.pk, newer.pk]


def test_a_colleague_with_own_rights_sees_only_his(house: House) -> None:
    a_ticket(house.alice, house.technical, "Alice's question")
    bobs = a_ticket(house.bob, house.technical, "Bob's question")

    assert numbers_in(Browser(house.bob).open("tickets")) == [bobs.pk]


def test_the_owner_sees_who_of_the_account_asked(house: House) -> None:
    a_ticket(house.bob, house.technical, "Bob's question")

    assert "Bob Example asked" in text_of(Browser(house.alice).open("tickets"))


def test_a_stranger_sees_nothing(house: House) -> None:
    a_ticket(house.alice, house.technical, "Alice's question")

    words = text_of(Browser(house.carol).open("tickets"))

    assert "No tickets yet. Ask your first question." in words


def test_a_row_shows_number_subject_last_line_time_and_status(house: House) -> None:
    ticket = a_ticket(house.alice, house.technical, "The shop is slow.")
    a_reply(as_staff(house.sam), ticket, "We look into it.")

    words = text_of(Browser(house.alice).open("tickets"))

    assert f"#{ticket.pk} Unread: The shop is slow. Sam : We look into it." in words
    assert "Waiting for reply" in words


def test_an_answer_is_unread_until_it_is_looked_at(house: House) -> None:
    ticket = a_ticket(house.alice, house.technical)
    a_reply(as_staff(house.sam), ticket)
    ticket.refresh_from_db()
    assert "Unread:" in text_of(Browser(house.alice).open("tickets"))

    mark_read(by=as_client(house.alice), ticket=ticket, message_id=ticket.last_message_id)

    assert "Unread:" not in text_of(Browser(house.alice).open("tickets"))


@pytest.mark.parametrize(
    ("status", "subjects"),
    [
        ("all", {"Asked", "Answered", "Done"}),
        ("open", {"Asked", "Answered"}),
        ("in_progress", {"Asked"}),
        ("waiting_for_reply", {"Answered"}),
        ("solved", {"Done"}),
        ("nonsense", {"Asked", "Answered", "Done"}),
    ],
)
def test_the_address_filters_by_status(house: House, status: str, subjects: set[str]) -> None:
    a_ticket(house.alice, house.technical, "Asked")
    a_reply(as_staff(house.sam), a_ticket(house.alice, house.technical, "Answered"))
    a_solved_ticket(house.alice, house.technical, "Done")

    shown = numbers_in(Browser(house.alice).open("tickets", status=status))

    assert {Ticket.objects.get(pk=pk).subject for pk in shown} == subjects


def test_counters_stop_at_their_bound(house: House, bounds: Callable[..., None]) -> None:
    bounds(COUNT_BOUND=2)
    for n in range(3):
        a_ticket(house.alice, house.technical, f"Question {n}")

    response = Browser(house.alice).open("tickets")

    assert "In progress 2" in text_of(response)


def test_search_finds_by_subject_message_and_number(house: House) -> None:
    ticket = a_ticket(house.alice, house.technical, "The shop is slow.")
    a_reply(as_staff(house.sam), ticket, "A zebra sat on the disk.")
    a_ticket(house.alice, house.technical, "Invoice")
    browser = Browser(house.alice)

    for query in ("shop", "zebra", f"#{ticket.pk}", f"{ticket.pk}"):
        assert numbers_in(browser.open("tickets", q=query)) == [ticket.pk], query


def test_search_links_to_matching_tickets_only(house: House) -> None:
    a_ticket(house.alice, house.technical, "Invoice")

    response = Browser(house.alice).open("tickets", q="zebra")

    assert "No ticket matches “zebra”." in text_of(response)
    assert numbers_in(response) == []


def test_search_finds_no_note_and_no_strangers_ticket(house: House) -> None:
    a_note(as_staff(house.sam), a_ticket(house.alice, house.technical), "canary in the note")
    a_ticket(house.carol, house.technical, "canary of Carol")

    assert numbers_in(Browser(house.alice).open("tickets", q="canary")) == []


def test_pages_join_without_gap_or_repeat(house: House, bounds: Callable[..., None]) -> None:
    bounds(PAGE_SIZE=2)
    made = [a_ticket(house.alice, house.technical, f"Question {n}").pk for n in range(5)]
    browser = Browser(house.alice)

    seen, page = [], browser.open("tickets")
    while page:
        seen += numbers_in(page)
        after = place_in(page, "after")
        page = browser.open("tickets", after=after) if after else None

    assert seen == made[::-1]


def test_the_way_back_leads_to_the_page_before(house: House, bounds: Callable[..., None]) -> None:
    bounds(PAGE_SIZE=2)
    for n in range(5):
        a_ticket(house.alice, house.technical, f"Question {n}")
    browser = Browser(house.alice)
    first = browser.open("tickets")
    second = browser.open("tickets", after=place_in(first, "after"))

    back = browser.open("tickets", before=place_in(second, "before"))

    assert numbers_in(back) == numbers_in(first)


@pytest.mark.parametrize("junk", ["x", "1-", "-1", "9" * 40 + "-1", "1-9999999999999999999", "é-1"])
def test_a_place_that_is_none_shows_the_first_page(house: House, junk: str) -> None:
    ticket = a_ticket(house.alice, house.technical)

    for name in ("after", "before"):
        response = Browser(house.alice).open("tickets", **{name: junk})
        assert numbers_in(response) == [ticket.pk]


def test_filters_stay_in_the_address_of_the_next_page(
    house: House, bounds: Callable[..., None]
) -> None:
    bounds(PAGE_SIZE=1)
    for n in range(2):
        a_ticket(house.alice, house.technical, f"Question {n}")

    html = Browser(house.alice).open("tickets", status="open").content.decode()

    assert 'href="/northhost/tickets/?status=open&amp;after=' in html


def test_a_person_of_two_accounts_filters_by_account(house: House) -> None:
    Member.objects.create(
        provider=house.north, account=house.carols_account, user=house.alice, right="all"
    )
    mine = a_ticket(house.alice, house.technical, account_id=house.bakery.pk)
    other = a_ticket(house.carol, house.technical)
    browser = Browser(house.alice)

    assert numbers_in(browser.open("tickets")) == [other.pk, mine.pk]
    assert numbers_in(browser.open("tickets", account=house.bakery.pk)) == [mine.pk]
    assert numbers_in(browser.open("tickets", account=house.doras_account.pk)) == [
        other.pk,
        mine.pk,
    ]


def test_a_page_without_rows_counts_the_others(house: House) -> None:
    a_ticket(house.alice, house.technical)

    page = Browser(house.alice).open("tickets", status="solved")

    assert numbers_in(page) == []
    assert "In progress 1" in text_of(page)


def test_htmx_gets_the_list_alone(house: House) -> None:
    html = Browser(house.alice).open("tickets", htmx=HTMX).content.decode()

    assert html.lstrip().startswith('<div id="ticket-list"')
    assert "<html" not in html


def test_htmx_gets_the_counters_alone(house: House) -> None:
    target = {**HTMX, "HX-Target": "ticket-counts"}

    html = Browser(house.alice).open("tickets", htmx=target).content.decode()

    assert 'id="ticket-counts"' in html
    assert "<table" not in html


@pytest.mark.parametrize("query", [{}, {"status": "open"}])
def test_the_list_takes_four_queries_whatever_its_length(
    house: House, django_assert_num_queries, query: dict[str, str]
) -> None:
    for n in range(4):
        a_reply(as_staff(house.sam), a_ticket(house.alice, house.technical, f"Question {n}"))

    browser = Browser(house.alice)
    with django_assert_num_queries(4):
        browser.open("tickets", **query)


def test_a_search_takes_three_queries_more_than_the_door(
    house: House, django_assert_num_queries
) -> None:
    for n in range(4):
        a_ticket(house.alice, house.technical, f"Question {n}")

    browser = Browser(house.alice)
    with django_assert_num_queries(6):
        browser.open("tickets", q="question")


def test_the_list_reads_no_message_bodies(house: House, django_assert_num_queries) -> None:
    a_ticket(house.alice, house.technical)
    browser = Browser(house.alice)

    with django_assert_num_queries(4) as captured:
        browser.open("tickets")

    assert not [q for q in captured if '"support_message"."text"' in q["sql"]]
