"""The thread of a ticket says what was taken for it and given back, on both sides of the desk."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from frontdesk.billing.models import LedgerEntry
from frontdesk.channels.web.client import thread
from frontdesk.support.models import Ticket
from tests.channels.web.client.browser import HTMX, Browser, text_of
from tests.channels.web.client.moves import charge, give, give_back, paid_ticket, pay
from tests.factories import a_ticket
from tests.people import House


def thread_of(house: House, ticket: Ticket) -> str:
    return text_of(Browser(house.alice).open("ticket", ticket.pk))


def test_the_clients_thread_says_what_was_taken_and_given_back(house: House) -> None:
    pay(house, "20.00")
    ticket = paid_ticket(house)
    give_back(house, charge(house, ticket))

    words = thread_of(house, ticket)

    taken, charged = words.index("5.00 EUR was charged ·"), words.index("Support charged 7.50 EUR")
    assert taken < charged < words.index("7.50 EUR was refunded: Our mistake")


def test_the_clients_thread_says_that_a_ticket_was_used_and_came_back(house: House) -> None:
    give(house, house.bakery, 1)
    ticket = paid_ticket(house)
    give_back(house, LedgerEntry.objects.get(ticket=ticket))

    words = thread_of(house, ticket)

    assert "1 available ticket was used ·" in words
    assert "1 available ticket was given back: Our mistake" in words


def test_the_desks_thread_says_who_moved_what(house: House) -> None:
    pay(house, "20.00")
    ticket = paid_ticket(house)
    give_back(house, charge(house, ticket), "2.50")

    words = text_of(Browser(house.sam).open("desk_ticket", ticket.pk))

    assert "5.00 EUR was charged for this ticket" in words
    assert "Hana Example charged 7.50 EUR" in words
    assert "Hana Example gave back 2.50 EUR" in words


def test_a_free_ticket_has_no_line_of_money_on_either_side(house: House) -> None:
    ticket = a_ticket(house.alice, house.technical)
    desk = text_of(Browser(house.sam).open("desk_ticket", ticket.pk))

    assert "was charged" not in thread_of(house, ticket) + desk
    assert "opened this" not in desk


def test_the_ticket_takes_no_query_more_for_each_line(house: House) -> None:
    pay(house, "50.00")
    ticket = paid_ticket(house)
    browser = Browser(house.alice)
    counts = []
    for _turn in range(3):
        charge(house, ticket, "1.00")
        with CaptureQueriesContext(connection) as seen:
            browser.open("ticket", ticket.pk)
        counts.append(len(seen))

    assert len(set(counts)) == 1
    assert counts[0] <= 8


def news_of(house: House, ticket: Ticket, after: int, **query: object) -> str:
    return text_of(Browser(house.alice).open("ticket", ticket.pk, htmx=HTMX, after=after, **query))


def test_what_moved_since_arrives_with_the_news_and_what_is_shown_does_not(house: House) -> None:
    pay(house, "20.00")
    ticket = paid_ticket(house)
    shown = LedgerEntry.objects.get(ticket=ticket).pk
    last = ticket.last_message_id
    give_back(house, charge(house, ticket, "1.00"))

    words = news_of(house, ticket, last, money=shown)

    assert "Support charged 1.00 EUR" in words
    assert "1.00 EUR was refunded" in words
    assert "5.00 EUR was charged" not in words
    assert "charged 1.00 EUR ·" not in news_of(house, ticket, last)


def test_each_line_stands_in_one_stretch_of_a_long_thread(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(thread, "THREAD_LENGTH", 2)
    thread._end_query.cache_clear()
    pay(house, "20.00")
    ticket = paid_ticket(house)
    for amount in ("1.00", "2.00", "3.00"):
        charge(house, ticket, amount)
    third = ticket.messages.order_by("pk")[2]

    end, earlier = thread_of(house, ticket), earlier_part(house, ticket, third.pk)
    thread._end_query.cache_clear()

    charged = "Support charged {}.00 EUR ·".format
    assert [charged(n) in end for n in (1, 2, 3)] == [False, True, True]
    assert [charged(n) in earlier for n in (1, 2, 3)] == [True, False, False]
    assert "5.00 EUR was charged ·" in earlier


def earlier_part(house: House, ticket: Ticket, before: int) -> str:
    return text_of(Browser(house.alice).open("ticket", ticket.pk, htmx=HTMX, before=before))
