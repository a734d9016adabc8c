"""How often opening and answering ask the database: each time costs the way there and back."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import a_reply, a_ticket
from tests.people import as_client, as_staff


def test_four_statements_open_a_ticket(alice, technical):
    """The key, its files, the department with its price, and what is written."""
    who = as_client(alice)

    with CaptureQueriesContext(connection) as captured:
        a_ticket(alice, technical, by=who)

    assert len(statements(captured)) == 4


def test_four_statements_answer(alice, sam, technical):
    """The ticket, the key, its files, and what is written."""
    ticket = a_ticket(alice, technical)
    a_reply(as_staff(sam), ticket)
    who = as_client(alice)

    with CaptureQueriesContext(connection) as captured:
        a_reply(who, ticket)

    assert len(statements(captured)) == 4


def statements(captured: CaptureQueriesContext) -> list[str]:
    """Return what was asked of the database, but for the savepoints that only tests have."""
    asked = [query["sql"] for query in captured.captured_queries]
    return [sql for sql in asked if "SAVEPOINT" not in sql]
