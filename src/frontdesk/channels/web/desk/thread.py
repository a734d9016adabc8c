"""The thread as staff read it: messages, notes and changes on one line of time, in one query."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BigIntegerField,
    Case,
    F,
    Func,
    JSONField,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, JSONObject

from frontdesk.accounts.models import Staff
from frontdesk.channels.web.desk.entries import (
    CHANGE,
    MESSAGE,
    NOTE,
    Change,
    Entry,
    File,
    Person,
    fold,
)
from frontdesk.shared.keyset import Key
from frontdesk.support.models import Attachment, Department, Event, EventKind, Message
from frontdesk.support.models.note import Note
from frontdesk.support.statuses import Side

# A long thread shows its end first.
THREAD_LENGTH = 50
# What the thread shows by itself needs no line that says it happened.
SHOWN_OTHERWISE = (
    EventKind.TICKET_OPENED,
    EventKind.CLIENT_REPLIED,
    EventKind.STAFF_REPLIED,
    EventKind.NOTE_ADDED,
)
# Of two things at one moment: a note is written before the transfer that it gives a reason for.
RANKS = {MESSAGE: 0, NOTE: 1, CHANGE: 2}

Rows = QuerySet[Any, Any]


@dataclass(frozen=True, slots=True)
class Thread:
    """The newest entries, oldest first; `earlier` is the key before which there are more."""

    entries: list[Entry]
    earlier: str


def load_thread(ticket_id: int, *, before: str = "") -> Thread:
    """Return the last entries of a ticket loaded through `visible_to`, or those before a key."""
    key = Key.parse(before)
    arms = [
        _end_of(rows, key.at if key else None)
        for rows in (_messages(ticket_id), _notes(ticket_id), _changes(ticket_id))
    ]
    newest = arms[0].union(*arms[1:], all=True).order_by("-created_at", "-id")
    found = [_entry(*row) for row in newest[: THREAD_LENGTH + 1]]
    shown = _cut(found)
    shown.sort(key=lambda entry: (entry.created_at, RANKS[entry.sort], entry.id))
    has_more = len(shown) < len(found)
    return Thread(fold(shown), str(Key(shown[0].created_at, 0)) if has_more else "")


def _messages(ticket_id: int) -> Rows:
    files = (
        Attachment.objects.filter(message=OuterRef("pk"))
        .order_by("pk")
        .values(json=JSONObject(pk="pk", name="name", size="size", width="width", height="height"))
    )
    return Message.objects.filter(ticket_id=ticket_id).values_list(
        Value(MESSAGE),
        "id",
        "created_at",
        "author_id",
        "author__name",
        "side",
        "channel",
        "text",
        Func(ArraySubquery(files), function="to_jsonb", output_field=JSONField()),
    )


def _notes(ticket_id: int) -> Rows:
    return Note.objects.filter(ticket_id=ticket_id).values_list(
        Value(NOTE),
        "id",
        "created_at",
        "author_id",
        "author__name",
        Value(Side.STAFF.value),
        Value(""),
        "text",
        Value(None, output_field=JSONField()),
    )


def _changes(ticket_id: int) -> Rows:
    staff = Staff.objects.filter(pk=OuterRef("staff_id")).values("user__name")
    was = Department.objects.filter(pk=OuterRef("was_id")).values("name")
    now = Department.objects.filter(pk=OuterRef("now_id")).values("name")
    events = Event.objects.filter(ticket_id=ticket_id).exclude(kind__in=SHOWN_OTHERWISE)
    return events.annotate(
        staff_id=_id_in("assignee", EventKind.TICKET_ASSIGNED),
        was_id=_id_in("from", EventKind.TICKET_TRANSFERRED),
        now_id=_id_in("department", EventKind.TICKET_TRANSFERRED),
    ).values_list(
        Value(CHANGE),
        "id",
        "created_at",
        "actor_id",
        "actor__name",
        Value(""),
        Value(""),
        "kind",
        JSONObject(data="data", staff=Subquery(staff), was=Subquery(was), now=Subquery(now)),
    )


def _id_in(name: str, kind: EventKind) -> Case:
    """Return the id under this name in the data of one kind of events, which alone has one."""
    number = Cast(KeyTextTransform(name, "data"), BigIntegerField())
    return Case(When(kind=kind, then=number), default=None, output_field=BigIntegerField())


def _end_of(rows: Rows, before: datetime | None) -> Rows:
    # Each part is cut by itself, so that the database reads no more than a page of each.
    if before:
        rows = rows.filter(created_at__lt=before)
    return rows.order_by(F("created_at").desc(), F("id").desc())[: THREAD_LENGTH + 1]


def _cut(newest_first: list[Entry]) -> list[Entry]:
    """Return a page of entries that ends between two moments, never within one."""
    if len(newest_first) <= THREAD_LENGTH:
        return list(newest_first)
    next_page = newest_first[-1].created_at
    return [entry for entry in newest_first if entry.created_at > next_page] or list(newest_first)


def _entry(*row: Any) -> Entry:
    sort, pk, created_at, person_id, name, side, channel, text, more = row
    person = Person(person_id or 0, name or "")
    if sort == CHANGE:
        change = Change(
            kind=EventKind(text),
            data=more["data"],
            staff=more["staff"] or "",
            was=more["was"] or "",
            now=more["now"] or "",
        )
        return Entry(sort, pk, created_at, person, change=change)
    files = tuple(File(**file) for file in more or ())
    return Entry(sort, pk, created_at, person, side, channel, text, files)
