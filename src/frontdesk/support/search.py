"""Finds tickets by the words of their subject and messages, and by number."""

import re
import unicodedata
from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import connection
from django.db.models import Func, TextField, Value

from frontdesk.support.models import Ticket
from frontdesk.support.models.ticket import TicketQuerySet

# What search knows of a message: its first words, each once, each by its beginning.
MOST_WORDS = 5_000
WORD_LENGTH = 64
# A shorter last word is meant as it is: too many begin like it.
SHORTEST_BEGINNING = 3
MOST_QUERY_WORDS = 12
QUERY_LENGTH = 500
# So many of the newest tickets are looked through before the index of all words is asked.
WINDOW = 2_000

WORD = re.compile(r"[^\W_]+")
NUMBER = re.compile(r"\s*#?\s*(\d{1,18})\s*")

# Walks down the newest tickets and stops when the page is full: quick for frequent words, and
# complete for a client's few tickets. OFFSET 0 keeps the planner from joining everything first.
AMONG_THE_NEWEST = """
SELECT newest.id FROM ({window}) AS newest
WHERE EXISTS (
    SELECT FROM support_message AS m
    WHERE m.ticket_id = newest.id AND m.words @@ %s::tsquery OFFSET 0
)
LIMIT %s
"""
# Asks the index of words: quick for words so rare that the newest tickets did not fill a page.
AMONG_ALL = """
WITH found AS MATERIALIZED (
    SELECT DISTINCT m.ticket_id FROM support_message AS m WHERE m.words @@ %s::tsquery
)
SELECT matching.id FROM ({tickets}) AS matching JOIN found ON found.ticket_id = matching.id
ORDER BY matching.last_message_at DESC, matching.id DESC
LIMIT %s
"""


def search(
    tickets: TicketQuerySet,
    query: str,
    *,
    limit: int,
    after: tuple[datetime, int] | None = None,
) -> list[Ticket]:
    """Return the first `limit` of these tickets that match, newest activity first.

    `tickets` are those that the reader may see, already filtered: `visible_to(reach).open()`.
    All words must occur in one message or in the subject with it; the last one may be only
    begun. A ticket with the number asked for comes first. `after` is the `last_message_at` and
    number of the last ticket of the page before.
    """
    number = _number_in(query)
    found: list[Ticket] = []
    if number is not None:
        found = [] if after else list(tickets.filter(pk=number))
        tickets = tickets.exclude(pk=number)
    if "#" not in query or number is None:
        wanted = _ids(tickets, _tsquery(query), limit=limit - len(found), after=after)
        found += tickets.filter(pk__in=wanted).newest_activity_first()
    return found


def words_of(text: str) -> list[str]:
    """Return the words of a text as search knows them: each once, folded, in order.

    One rule for what is written and for what is asked, so that `server.log` finds itself.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    found: dict[str, None] = {}
    for match in WORD.finditer(folded):
        found[match.group()[:WORD_LENGTH]] = None
        if len(found) == MOST_WORDS:
            break
    return list(found)


def search_vector(text: str) -> Func:
    """Return the expression to keep as a message's `words`."""
    words = Value(words_of(text), output_field=ArrayField(TextField()))
    return Func(words, function="array_to_tsvector", output_field=SearchVectorField())


def _number_in(query: str) -> int | None:
    match = NUMBER.fullmatch(query)
    return int(match.group(1)) if match else None


def _tsquery(query: str) -> str:
    """Return the query as PostgreSQL reads it; empty when there is no word in it."""
    words = [match.group() for match in WORD.finditer(query[:QUERY_LENGTH])]
    words = [word for raw in words for word in words_of(raw)][:MOST_QUERY_WORDS]
    if not words:
        return ""
    last = f"'{words[-1]}'"
    if len(words[-1]) >= SHORTEST_BEGINNING:
        last += ":*"
    return " & ".join([*(f"'{word}'" for word in words[:-1]), last])


def _ids(
    tickets: TicketQuerySet, tsquery: str, *, limit: int, after: tuple[datetime, int] | None
) -> list[int]:
    if not tsquery or limit < 1:
        return []
    if after:
        tickets = tickets.after(*after)
    plain = tickets.newest_activity_first().values("id", "last_message_at")
    sql, parameters = plain[:WINDOW].query.sql_with_params()
    found = _fetch(AMONG_THE_NEWEST.format(window=sql), [*parameters, tsquery, limit])
    if len(found) == limit or not tickets.newest_activity_first()[WINDOW:].exists():
        return found
    sql, parameters = plain.order_by().query.sql_with_params()
    return _fetch(AMONG_ALL.format(tickets=sql), [tsquery, *parameters, limit])


def _fetch(sql: str, parameters: list[object]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [row[0] for row in cursor.fetchall()]
