"""Finds tickets by the words of their subject and messages, and by number.

A word may be in every message, and a reader may reach few of them; so that neither costs more
than a page does, a search looks at the newest messages first, and then goes back in time in an
index which knows of each message its words, whose it is and about when it came.
"""

import re
import unicodedata
from typing import Any, TypeGuard

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import connection
from django.db.models import Func, TextField, Value

from frontdesk.support.access import ClientReach, Reach
from frontdesk.support.models import Ticket
from frontdesk.support.models.ticket import TicketQuerySet

# What search knows of a message: its first words, each once, each by its beginning.
MOST_WORDS = 5_000
WORD_LENGTH = 64
# A shorter last word is meant as it is: too many begin like it.
SHORTEST_BEGINNING = 3
MOST_QUERY_WORDS = 12
QUERY_LENGTH = 500
# So many tickets are looked through one by one.
FEW = 1_000
# So many messages are read before the index is asked; of a client, those of so many tickets.
NEWEST = 3_000
NEWEST_OWN = 300
# How many messages back each step in the index goes; after the last one comes all the rest.
STEPS = {"a": 20_000, "b": 200_000}
# A step that found less shows that the words are rare: all the rest is little.
ENOUGH_TO_STEP = 5
MOST_ACCOUNTS = 50
# Before all messages: no id of theirs is as high.
ENDLESS = 2**63 - 1

WORD = re.compile(r"[^\W_]+")
NUMBER = re.compile(r"\s*#?\s*(\d{1,18})\s*")

AMONG_FEW = """
SELECT few.id FROM ({tickets}) AS few
CROSS JOIN LATERAL (
    SELECT m.id FROM support_message AS m
    WHERE m.ticket_id = few.id AND m.words @@ %s::tsquery
    ORDER BY m.id DESC LIMIT 1
) AS mention
WHERE mention.id < %s
ORDER BY mention.id DESC LIMIT %s
"""
# A ticket that is not among the newest has no mention as new as the last answer of the oldest
# of them; the minute is for answers that were written at the same moment.
AMONG_OWN = """
WITH newest AS MATERIALIZED ({tickets})
SELECT newest.id FROM newest CROSS JOIN LATERAL (
    SELECT m.id, m.created_at FROM support_message AS m
    WHERE m.ticket_id = newest.id AND m.words @@ %s::tsquery
    ORDER BY m.id DESC LIMIT 1
) AS mention
WHERE mention.id < %s
    AND mention.created_at > (SELECT min(last_message_at) + interval '1 minute' FROM newest)
ORDER BY mention.id DESC LIMIT %s
"""
AMONG_NEWEST = """
SELECT m.ticket_id, max(m.id) AS id FROM (
    SELECT id, ticket_id, words FROM support_message
    WHERE provider_id = %s AND id < %s ORDER BY id DESC LIMIT %s
) AS m
WHERE m.words @@ %s::tsquery GROUP BY m.ticket_id
"""
BY_INDEX = """
SELECT m.ticket_id, max(m.id) AS id FROM support_message AS m
WHERE m.words @@ %s::tsquery AND m.id < %s GROUP BY m.ticket_id
"""
# The mentions are found first, then each ticket is looked at by its number, the newest mention
# first, until the page is full. OFFSET 0 holds the planner to this order: it cannot know how
# frequent words are in one step.
TICKETS_OF = """
SELECT mention.ticket_id FROM ({mentions} ORDER BY 2 DESC OFFSET 0) AS mention
CROSS JOIN LATERAL (
    SELECT FROM ({tickets}) AS t WHERE t.id = mention.ticket_id OFFSET 0
) AS found
WHERE NOT EXISTS (
    SELECT FROM support_message AS m
    WHERE m.ticket_id = mention.ticket_id AND m.id >= %s AND m.words @@ %s::tsquery OFFSET 0
)
ORDER BY mention.id DESC LIMIT %s
"""


def search(
    tickets: TicketQuerySet, query: str, *, reach: Reach, limit: int, after: int | None = None
) -> list[Ticket]:
    """Return the first `limit` of these tickets that match, the newest mention first.

    `tickets` are those that the reader may see, already filtered: `visible_to(reach).open()`.
    All words must be in one message, or in the subject with the first one; the last word may be
    only begun. A ticket with the number asked for comes first. `after` is the number of the last
    ticket of the page before.
    """
    number = number_in(query)
    found: list[Ticket] = []
    if number is not None:
        found = [] if after else list(tickets.filter(pk=number))
        tickets = tickets.exclude(pk=number)
    words = tsquery(query)
    if words and (number is None or "#" not in query):
        found += _mentioning(tickets, words, reach=reach, limit=limit - len(found), after=after)
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


def marks_of(message_id: int, *, provider_id: int, account_id: int) -> list[str]:
    """Return what the index knows of a message beside its words. No word has such signs."""
    when = (f"~{name}{message_id // size}" for name, size in STEPS.items())
    return [f"@p{provider_id}", f"@a{account_id}", *when]


def note_vector(text: str, *, provider_id: int) -> Func:
    """Return the expression to keep as the `words` of an internal note."""
    words = Value([*words_of(text), f"@p{provider_id}"], output_field=ArrayField(TextField()))
    return Func(words, function="array_to_tsvector", output_field=SearchVectorField())


def number_in(query: str) -> int | None:
    """Return the number of a ticket, if the query is nothing else."""
    match = NUMBER.fullmatch(query)
    return int(match.group(1)) if match else None


def tsquery(query: str) -> str:
    """Return the query as PostgreSQL reads it; empty when there is no word in it."""
    words = [match.group() for match in WORD.finditer(query[:QUERY_LENGTH])]
    words = [word for raw in words for word in words_of(raw)][:MOST_QUERY_WORDS]
    if not words:
        return ""
    last = f"'{words[-1]}'"
    if len(words[-1]) >= SHORTEST_BEGINNING:
        last += ":*"
    return " & ".join([*(f"'{word}'" for word in words[:-1]), last])


def _mentioning(
    tickets: TicketQuerySet, words: str, *, reach: Reach, limit: int, after: int | None
) -> list[Ticket]:
    before = ENDLESS if after is None else _place_of(after, words)
    if tickets.order_by()[FEW:].exists():
        ids = _ids_among_many(tickets, words, reach=reach, limit=limit, before=before)
    else:
        sql, values = tickets.order_by().values("id").query.sql_with_params()
        ids = _fetch(AMONG_FEW.format(tickets=sql), [*values, words, before, limit])
    found = tickets.in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


def _ids_among_many(
    tickets: TicketQuerySet, words: str, *, reach: Reach, limit: int, before: int
) -> list[int]:
    sql, values = tickets.order_by().values("id").query.sql_with_params()
    if before == ENDLESS:
        before = _number("SELECT coalesce(max(id), 0) + 1 FROM support_message", [])

    def walk(mentions: str, asked: list[Any]) -> list[int]:
        statement = TICKETS_OF.format(mentions=mentions, tickets=sql)
        return _fetch(statement, [*asked, *values, before, words, limit])

    if isinstance(reach, ClientReach):
        ids = _ids_among_own(tickets, words, limit=limit, before=before)
    else:
        ids = walk(AMONG_NEWEST, [reach.provider_id, before, NEWEST, words])
    steps = _steps(words, reach, before)
    if _is_scoped_by_account(reach):
        steps = steps[-1:]  # all of it is his own, and not that much
    while steps and len(ids) < limit:
        ids = walk(BY_INDEX, [steps.pop(0), before])
        if len(ids) < ENOUGH_TO_STEP:
            steps = steps[-1:]
    return ids


def _ids_among_own(tickets: TicketQuerySet, words: str, *, limit: int, before: int) -> list[int]:
    """Look through a client's newest tickets: they are enough for a word that most have."""
    newest = tickets.newest_activity_first().values("id", "last_message_at")[:NEWEST_OWN]
    sql, values = newest.query.sql_with_params()
    return _fetch(AMONG_OWN.format(tickets=sql), [*values, words, before, limit])


def _place_of(number: int, words: str) -> int:
    """Return the id of the newest mention in the last ticket shown."""
    newest = (
        "SELECT coalesce(max(id), 0) FROM support_message"
        " WHERE ticket_id = %s AND words @@ %s::tsquery"
    )
    return _number(newest, [number, words])


def _steps(words: str, reach: Reach, before: int) -> list[str]:
    """Return the words with whose and when, further and further back in time."""
    scoped = f"({words}) & {_scope_of(reach)}"
    newest = {name: (before - 1) // size for name, size in STEPS.items()}
    steps = [f"{scoped} & ('~{name}{at}' | '~{name}{at - 1}')" for name, at in newest.items()]
    return [*steps, scoped]


def _scope_of(reach: Reach) -> str:
    if _is_scoped_by_account(reach):
        return "(" + " | ".join(f"'@a{pk}'" for pk in sorted(reach.accounts)) + ")"
    return f"'@p{reach.provider_id}'"


def _is_scoped_by_account(reach: Reach) -> TypeGuard[ClientReach]:
    return isinstance(reach, ClientReach) and 0 < len(reach.accounts) <= MOST_ACCOUNTS


def _number(sql: str, values: list[Any]) -> int:
    return _fetch(sql, values)[0]


def _fetch(sql: str, values: list[Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [row[0] for row in cursor.fetchall()]
