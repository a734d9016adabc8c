"""Finds internal notes by their words: for staff alone, apart from the search that clients have."""

from typing import Any

from django.db import connection

from frontdesk.support.access import StaffReach
from frontdesk.support.models import Ticket
from frontdesk.support.models.note import Note
from frontdesk.support.search import number_in, tsquery

# So many notes are read before the index is asked: frequent words are among them.
NEWEST = 3_000

# A note is looked at by the number of its ticket; OFFSET 0 keeps the planner from gathering all
# tickets that the reader may see.
AMONG_NEWEST = """
SELECT n.id FROM (
    SELECT id, ticket_id, words FROM support_note
    WHERE provider_id = %s ORDER BY id DESC LIMIT %s
) AS n
WHERE n.words @@ %s::tsquery
AND EXISTS (SELECT FROM ({tickets}) AS t WHERE t.id = n.ticket_id OFFSET 0)
ORDER BY n.id DESC LIMIT %s
"""
BY_INDEX = """
SELECT n.id FROM (
    SELECT id, ticket_id FROM support_note WHERE words @@ %s::tsquery ORDER BY id DESC OFFSET 0
) AS n
WHERE EXISTS (SELECT FROM ({tickets}) AS t WHERE t.id = n.ticket_id OFFSET 0)
LIMIT %s
"""


def search_notes(query: str, *, reach: StaffReach, limit: int) -> list[Note]:
    """Return the newest notes with all these words, of tickets that the reader may see.

    The last word may be only begun. A number is that of a ticket: no note is found by it.
    """
    words = tsquery(query)
    if not words or number_in(query) is not None:
        return []
    scoped = f"({words}) & '@p{reach.provider_id}'"
    sql, values = Ticket.objects.visible_to(reach).order_by().values("id").query.sql_with_params()
    newest = [reach.provider_id, NEWEST, words, *values, limit]
    ids = _fetch(AMONG_NEWEST.format(tickets=sql), newest)
    if len(ids) < limit:
        ids = _fetch(BY_INDEX.format(tickets=sql), [scoped, *values, limit])
    found = Note.objects.select_related("ticket", "author").in_bulk(ids) if ids else {}
    return [found[pk] for pk in ids]


def _fetch(sql: str, values: list[Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [row[0] for row in cursor.fetchall()]
