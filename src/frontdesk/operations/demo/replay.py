"""Plays the demo's tickets at the moments they happened.

The actions of the core write the present time, and events cannot be changed afterwards; so
rows are written here, with the core's own rules for subjects, statuses, messages and files.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection, models

from frontdesk.operations.demo.files import make_file
from frontdesk.operations.demo.people import Cast
from frontdesk.operations.demo.stories import Act, Story, timetable
from frontdesk.support.actions.receive_file import receive_file
from frontdesk.support.actor import Actor
from frontdesk.support.models import Event, EventKind, Message, Priority, Ticket
from frontdesk.support.models.note import Note
from frontdesk.support.search import note_vector
from frontdesk.support.statuses import FIRST, MOVES, Side, Status
from frontdesk.support.statuses import Act as Move
from frontdesk.support.subjects import snippet_from, subject_from
from frontdesk.support.thread import add_message, uploads_of

FIRST_NUMBER = 1001
REPLIED = {Side.CLIENT: EventKind.CLIENT_REPLIED, Side.STAFF: EventKind.STAFF_REPLIED}


@dataclass(slots=True)
class Replay:
    """Collects the rows while the acts go by in the order of time."""

    cast: Cast
    tickets: list[Ticket] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    def play(self, stories: Iterable[Story], *, now: datetime) -> None:
        """Play all stories together, so that numbers and ids grow with time."""
        timed = []
        for story in stories:
            zone = ZoneInfo(self.cast.providers[story.provider].time_zone)
            timed.append((story, timetable(story, now=now, zone=zone)))
        timed.sort(key=lambda item: item[1][0])
        pairs = [
            (self._blank(story, number), story, times)
            for number, (story, times) in enumerate(timed, FIRST_NUMBER)
        ]
        scenes = [
            (at, ticket, story, act)
            for ticket, story, times in pairs
            for at, act in zip(times, story.acts, strict=True)
        ]
        for at, ticket, story, act in sorted(scenes, key=lambda scene: scene[0]):
            self._play_act(ticket, story=story, act=act, at=at)
        self.tickets = Ticket.objects.bulk_create(ticket for ticket, _story, _times in pairs)
        self.events = Event.objects.bulk_create(self.events)
        set_last_number(FIRST_NUMBER + len(pairs) - 1)

    def _blank(self, story: Story, number: int) -> Ticket:
        member = self.cast.members[story.client, story.provider]
        return Ticket(
            pk=number,
            provider_id=member.provider_id,
            account_id=member.account_id,
            requester_id=member.user_id,
            department=self.cast.departments[story.provider, story.department],
            service=self.cast.services.get((member.account_id, story.service)),
        )

    def _play_act(self, ticket: Ticket, *, story: Story, act: Act, at: datetime) -> None:
        by = self.cast.actor(act.by, story.provider, act.channel)
        if act.text:
            self._say(ticket, by=by, act=act, at=at)
        if act.take:
            ticket.assignee_id = by.staff.staff_id
            self._record(EventKind.TICKET_TAKEN, ticket, by, at, assignee=by.staff.staff_id)
        if act.take or act.sort:
            self._sort(ticket, story=story, by=by, at=at)
        if act.note:
            note = Note.objects.create(
                provider_id=ticket.provider_id,
                ticket_id=ticket.pk,
                author_id=by.user.pk,
                text=act.note,
                words=note_vector(act.note, provider_id=ticket.provider_id),
                created_at=at,
            )
            self._record(EventKind.NOTE_ADDED, ticket, by, at, note=note.pk)
        if act.close:
            self._close(ticket, by=by, at=at)

    def _sort(self, ticket: Ticket, *, story: Story, by: Actor, at: datetime) -> None:
        """Say how urgent the ticket is and what it is about, as who takes it does."""
        priority = Priority[story.priority.upper()]
        if priority != Priority.NORMAL:
            was, ticket.priority = ticket.priority, priority
            data = {"from": int(was), "priority": int(priority)}
            self._record(EventKind.PRIORITY_SET, ticket, by, at, **data)
        if story.tags:
            ticket.tags = sorted(story.tags)
            self._record(EventKind.TAGS_SET, ticket, by, at, count=len(ticket.tags))

    def _say(self, ticket: Ticket, *, by: Actor, act: Act, at: datetime) -> None:
        side, text, message_id = Side(by.reach.side), act.text.strip(), next_id(Message)
        if ticket.created_at is None:
            kind = EventKind.TICKET_OPENED
            ticket.created_at, ticket.channel = at, act.channel
            ticket.subject, ticket.status = subject_from(text), FIRST[side]
        else:
            kind = REPLIED[side]
            ticket.status = MOVES[Status(ticket.status), Move.REPLY, side]
            ticket.message_count += 1
        waits = ticket.status == Status.IN_PROGRESS
        ticket.waiting_since = (ticket.waiting_since or at) if waits else None
        ticket.last_message_at, ticket.last_message_id = at, message_id
        ticket.last_author_id = by.user.pk
        ticket.last_side, ticket.last_snippet = side, snippet_from(text)
        key = f"demo-{message_id}"
        for name in act.files:
            receive_file(by=by, file=make_file(name), name=name, key=key)
        uploads = uploads_of(by, key) if act.files else []
        _message, written = add_message(
            ticket, by=by, text=text, uploads=uploads, at=at, pk=message_id
        )
        with connection.cursor() as cursor:
            cursor.execute(written.sql, written.values)
        self._record(kind, ticket, by, at, message=message_id)

    def _close(self, ticket: Ticket, *, by: Actor, at: datetime) -> None:
        was = Status(ticket.status)
        ticket.status = MOVES[was, Move.CLOSE, Side(by.reach.side)]
        ticket.solved_at, ticket.waiting_since = at, None
        self._record(EventKind.TICKET_CLOSED, ticket, by, at, **{"from": str(was)})

    def _record(
        self, kind: EventKind, ticket: Ticket, by: Actor, at: datetime, **data: Any
    ) -> None:
        self.events.append(
            Event(
                provider_id=ticket.provider_id,
                ticket_id=ticket.pk,
                actor_id=by.user.pk,
                kind=kind,
                channel=by.channel,
                data=data,
                created_at=at,
            )
        )


def next_id(model: type[models.Model]) -> int:
    """Return the id that the next row of the table gets."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [model._meta.db_table])
        return int(cursor.fetchone()[0])


def set_last_number(number: int) -> None:
    """Make the next ticket follow this one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [Ticket._meta.db_table, number]
        )
