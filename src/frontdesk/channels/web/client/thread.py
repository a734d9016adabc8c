"""The messages of a ticket as its page shows them: one query, whatever the length."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, partial
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Func, JSONField, OuterRef
from django.db.models.functions import JSONObject
from markupsafe import Markup

from frontdesk.channels.web.dates import Clock
from frontdesk.channels.web.kept_html import kept_html
from frontdesk.shared.composed import SOME_NUMBER, Composed, compose
from frontdesk.support.marks import NUMBER
from frontdesk.support.models import Attachment, Message, Ticket
from frontdesk.support.statuses import Side

# A long thread shows its end; the rest is behind *Earlier messages*.
THREAD_LENGTH = 50
# What arrived since the page was loaded; more than that is read from the start.
MOST_NEWS = 100
# The place of the moment among the columns of a message.
CREATED_AT = 6


@dataclass(frozen=True, slots=True)
class Person:
    """Who wrote, read or closed."""

    pk: int
    name: str


@dataclass(frozen=True, slots=True)
class File:
    """A file of a message, as the parts of the thread show it."""

    pk: int
    name: str
    size: int
    width: int | None
    height: int | None

    @property
    def is_image(self) -> bool:
        """Whether a preview can be shown."""
        return self.width is not None


@dataclass(frozen=True, slots=True)
class Entry:
    """A message of the thread."""

    pk: int
    author: Person
    is_mine: bool
    is_support: bool
    channel: str
    text: str
    at: datetime
    files: list[File]


@dataclass(frozen=True, slots=True)
class Thread:
    """A stretch of messages, oldest first, and whether there are others around it; `since` is
    when the message before it was written."""

    entries: list[Entry]
    has_earlier: bool
    has_later: bool = False
    since: datetime | None = None
    clock: Clock = field(default_factory=Clock)

    def message_in_html(self, entry: Entry, render: Callable[[Entry], Markup]) -> str:
        """Return a message of the thread as the template's macro shows it."""
        if entry.files:  # whose addresses are the provider's
            return render(entry)
        by = (entry.author.pk, entry.author.name, entry.is_mine, entry.is_support, entry.channel)
        said = (entry.pk, entry.text, entry.at, self.clock.age(entry.at))
        return kept_html(("message", self.clock.frame, by, said), partial(render, entry))


def load_thread(ticket: Ticket, reader_id: int, *, before: int | None = None) -> Thread:
    """Return the last messages of a ticket that is the reader's, or those before a message."""
    query = _end_query(is_before=before is not None)
    found = query.rows({NUMBER: ticket.pk, SOME_NUMBER: before})
    return Thread(
        entries=_entries(found[:THREAD_LENGTH][::-1], reader_id),
        has_earlier=len(found) > THREAD_LENGTH,
        has_later=before is not None,
        since=found[THREAD_LENGTH][CREATED_AT] if len(found) > THREAD_LENGTH else None,
    )


def load_news(ticket: Ticket, reader_id: int, *, after: int) -> Thread:
    """Return the messages that came after one."""
    found = _news_query().rows({NUMBER: ticket.pk, SOME_NUMBER: after})
    return Thread(_entries(found, reader_id), has_earlier=False)


@cache
def _end_query(*, is_before: bool) -> Composed:
    messages = Message.objects.filter(ticket_id=NUMBER)
    if is_before:
        messages = messages.filter(pk__lt=SOME_NUMBER)
    return compose(_columns(messages.order_by("-pk"))[: THREAD_LENGTH + 1])


@cache
def _news_query() -> Composed:
    messages = Message.objects.filter(ticket_id=NUMBER, pk__gt=SOME_NUMBER)
    return compose(_columns(messages.order_by("pk"))[:MOST_NEWS])


def _columns(messages: Any) -> Any:
    facts = JSONObject(pk="pk", name="name", size="size", width="width", height="height")
    files = Attachment.objects.filter(message=OuterRef("pk")).order_by("pk").values(facts=facts)
    return messages.values_list(
        "pk",
        "author_id",
        "author__name",
        "side",
        "channel",
        "text",
        "created_at",
        Func(ArraySubquery(files), function="to_jsonb", output_field=JSONField()),
    )


def _entries(rows: list[tuple[Any, ...]], reader_id: int) -> list[Entry]:
    return [
        Entry(
            pk=pk,
            author=Person(author_id, author_name),
            is_mine=author_id == reader_id,
            is_support=side == Side.STAFF,
            channel=channel,
            text=text,
            at=created_at,
            files=[File(**facts) for facts in json.loads(files)] if files != "[]" else [],
        )
        for pk, author_id, author_name, side, channel, text, created_at, files in rows
    ]
