"""A client's newest tickets are looked through first, and that changes nothing of what is found."""

import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from frontdesk.accounts.models import User
from frontdesk.support import search as searching
from frontdesk.support.models import Department, Ticket
from frontdesk.support.search import search
from tests.factories import a_reply, a_ticket
from tests.people import as_client


def _spread_in_time() -> None:
    """Let hours pass between the messages, in the order of their numbers."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE support_message SET created_at = now() - interval '90 days'"
            " + (id - (SELECT min(id) FROM support_message)) * interval '1 hour'"
        )
        cursor.execute(
            "UPDATE support_ticket AS t"
            " SET created_at = m.created_at, last_message_at = m.created_at"
            " FROM support_message AS m WHERE m.id = t.last_message_id"
        )


def _pages(alice: User, word: str, *, limit: int) -> list[int]:
    reach, numbers, after = as_client(alice).reach, [], None
    tickets = Ticket.objects.visible_to(reach)
    while page := search(tickets, word, reach=reach, limit=limit, after=after):
        numbers += [ticket.pk for ticket in page]
        after = numbers[-1]
    return numbers


@pytest.mark.parametrize("seed", range(6))
def test_each_page_is_the_same_as_without(
    alice: User, technical: Department, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    dice = random.Random(seed)
    words = ["vps"] * dice.randint(1, 6) + ["dns"]
    tickets = [a_ticket(alice, technical, f"{dice.choice(words)} {n}") for n in range(12)]
    for _answer in range(14):
        a_reply(as_client(alice), dice.choice(tickets), dice.choice(words))
    _spread_in_time()
    expected = _pages(alice, "vps", limit=3)

    monkeypatch.setattr(searching, "FEW", 0)
    monkeypatch.setattr(searching, "NEWEST_OWN", 5)

    assert _pages(alice, "vps", limit=3) == expected
    assert expected


def test_a_word_that_most_tickets_have_needs_no_index(
    alice: User, technical: Department, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "FEW", 0)
    monkeypatch.setattr(searching, "NEWEST_OWN", 5)
    tickets = [a_ticket(alice, technical, f"vps {n}") for n in range(8)]
    _spread_in_time()
    reach = as_client(alice).reach

    with CaptureQueriesContext(connection) as asked:
        page = search(Ticket.objects.visible_to(reach), "vps", reach=reach, limit=3)

    assert [ticket.pk for ticket in page] == [ticket.pk for ticket in tickets[:-4:-1]]
    assert not [query for query in asked if "'@a" in query["sql"]]
