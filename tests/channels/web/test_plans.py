"""Lists are read along an index of theirs, planned once for all readers, large and small."""

import re

import pytest
from django.db import connection

from frontdesk.accounts.models import User
from frontdesk.channels.web.client import ticket_queries
from frontdesk.channels.web.client.chosen import ALL
from frontdesk.channels.web.desk import rail
from frontdesk.shared.composed import Composed, _numbered
from frontdesk.shared.keyset import Way
from frontdesk.support.access import StaffReach
from frontdesk.support.models import Department, Ticket
from tests.factories import a_ticket

ONE_ACCOUNT = (1, 0)
SEATED_IN_TWO = frozenset({1, 2})


# What pays only for the few rows of a test's tables. A sort is taken where nothing else will do.
FOR_SMALL_TABLES = ("enable_seqscan", "enable_bitmapscan", "enable_sort")
# A page is said to hold this many: what autovacuum counts in tables of tests depends on the tests
# before, and of a handful of tickets each index is as good as another.
AS_OF_A_MILLION = """
SELECT pg_clear_attribute_stats(schemaname, tablename, attname, inherited)
FROM pg_stats WHERE schemaname = 'public';
SELECT pg_restore_relation_stats(
    'schemaname', 'public', 'relname', 'support_ticket',
    'relpages', 1, 'reltuples', 1000000::real
);
"""


@pytest.fixture(autouse=True)
def a_page_of_tickets(alice: User, technical: Department) -> None:
    a_ticket(alice, technical)


def plan_of(query: Composed) -> str:
    """Return how PostgreSQL runs a prepared query, whatever its values; of large tables."""
    with connection.cursor() as cursor:
        cursor.execute(AS_OF_A_MILLION)
        for way in FOR_SMALL_TABLES:
            cursor.execute(f"SET LOCAL {way} = off")
        cursor.execute(f"EXPLAIN (GENERIC_PLAN) {_numbered(query.sql)[0]}")
        return "\n".join(line for (line,) in cursor.fetchall())


@pytest.mark.parametrize("status", [ALL, "open", "waiting_for_reply", "in_progress", "solved"])
@pytest.mark.parametrize("way", list(Way))
def test_a_clients_list_is_never_sorted(status: str, way: Way) -> None:
    query = ticket_queries._page_query(ONE_ACCOUNT, status, is_of_account=False, way=way)

    plan = plan_of(query)

    # A join would leave it to the statistics whether the order of the index is kept.
    assert 'FROM "support_ticket" WHERE' in query.sql
    assert "Sort" not in plan
    assert "support_ticket_pkey" not in plan


@pytest.mark.parametrize("status", ["waiting_for_reply", "in_progress", "solved"])
def test_a_list_of_one_status_reads_no_tickets_of_others(status: str) -> None:
    query = ticket_queries._page_query(ONE_ACCOUNT, status, is_of_account=False, way=Way.FIRST)

    assert "using ticket_of_account_status on support_ticket " in plan_of(query)


def test_counters_of_the_rail_read_no_ticket_but_the_indexes_of_the_open_ones() -> None:
    reach = StaffReach(
        provider_id=1, user_id=1, staff_id=1, role="agent", department_ids=SEATED_IN_TWO
    )
    of_open = {index.name for index in Ticket._meta.indexes if index.condition}

    read = re.findall(r"(\w+ \w+) Scan using (ticket_\w+)", plan_of(rail._departments(reach)))

    assert len(read) == 4  # three views, and a department
    assert {how for how, _index in read} == {"Index Only"}
    assert {index for _how, index in read} <= of_open
