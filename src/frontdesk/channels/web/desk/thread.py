"""The thread as staff read it: messages, notes and changes on one line of time, in one query."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any

from markupsafe import Markup

from frontdesk.channels.web.dates import Clock
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
from frontdesk.channels.web.kept_html import kept_html
from frontdesk.shared.composed import Composed
from frontdesk.shared.keyset import Key
from frontdesk.support.models import EventKind

# A long thread shows its end first; as far back as an entry that one looks for, within reason.
THREAD_LENGTH = 50
MOST_ENTRIES = 1000
# What the thread shows by itself needs no line that says it happened, but for what it cost.
SHOWN_OTHERWISE = [
    EventKind.TICKET_OPENED.value,
    EventKind.CLIENT_REPLIED.value,
    EventKind.STAFF_REPLIED.value,
    EventKind.NOTE_ADDED.value,
]
# Of two things at one moment: a note is written before the transfer that it gives a reason for.
RANKS = {MESSAGE: 0, NOTE: 1, CHANGE: 2}
END_OF_TIME = datetime(9999, 1, 1, tzinfo=UTC)

# Written out, because the page is opened more often than any other and Django takes longer to
# compose this than PostgreSQL to answer it. Each part is cut by itself, so that no more than a
# page of it is read. Ids in the data of events become the names that they stand for.
THREAD = """
(SELECT 'message', m.id, m.created_at, m.author_id, u.name, m.side, m.channel, m.text,
    (SELECT jsonb_agg(jsonb_build_object('pk', a.id, 'name', a.name, 'size', a.size,
        'width', a.width, 'height', a.height) ORDER BY a.id)
     FROM support_attachment a WHERE a.message_id = m.id)
FROM support_message m JOIN accounts_user u ON u.id = m.author_id
WHERE m.ticket_id = %(ticket)s AND m.created_at < %(before)s
ORDER BY m.created_at DESC, m.id DESC LIMIT %(most)s)
UNION ALL
(SELECT 'note', n.id, n.created_at, n.author_id, u.name, 'staff', '', n.text, NULL
FROM support_note n JOIN accounts_user u ON u.id = n.author_id
WHERE n.ticket_id = %(ticket)s AND n.created_at < %(before)s
ORDER BY n.created_at DESC, n.id DESC LIMIT %(most)s)
UNION ALL
(SELECT 'change', e.id, e.created_at, e.actor_id, u.name, '', '', e.kind,
    jsonb_build_object('data', e.data,
        'staff', CASE e.kind WHEN 'ticket_assigned' THEN
            (SELECT su.name FROM accounts_staff s JOIN accounts_user su ON su.id = s.user_id
             WHERE s.id = (e.data ->> 'assignee')::bigint) END,
        'was', CASE e.kind WHEN 'ticket_transferred' THEN
            (SELECT d.name FROM support_department d WHERE d.id = (e.data ->> 'from')::bigint)
            END,
        'now', CASE e.kind WHEN 'ticket_transferred' THEN
            (SELECT d.name FROM support_department d
             WHERE d.id = (e.data ->> 'department')::bigint) END)
FROM support_event e LEFT JOIN accounts_user u ON u.id = e.actor_id
WHERE e.ticket_id = %(ticket)s AND e.created_at < %(before)s
    AND (e.kind <> ALL(%(hidden)s) OR e.data ? 'amount')
ORDER BY e.created_at DESC, e.id DESC LIMIT %(most)s)
ORDER BY 3 DESC, 2 DESC LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class Thread:
    """The newest entries, oldest first; `earlier` is the key before which there are more."""

    entries: list[Entry]
    earlier: str
    clock: Clock = field(default_factory=Clock)

    def message_in_html(self, entry: Entry, render: Callable[[Entry], Markup]) -> str:
        """Return a message as the template's macro shows it."""
        if entry.files:  # whose addresses are the provider's
            return render(entry)
        by = (entry.person.pk, entry.person.name, entry.is_support, entry.channel)
        frame = ("message for staff", self.clock.frame)
        return kept_html(
            (frame, entry.name, by, entry.text, entry.created_at), partial(render, entry)
        )


def load_thread(ticket_id: int, *, before: str = "", back_to: datetime | None = None) -> Thread:
    """Return the last entries of a ticket loaded through `visible_to`, or those before a key.

    `back_to` is a moment that the page is to reach, however many entries that are.
    """
    key = Key.parse(before)
    values: dict[str, Any] = {
        "ticket": ticket_id,
        "before": key.at if key else END_OF_TIME,
        "most": (MOST_ENTRIES if back_to else THREAD_LENGTH) + 1,
        "hidden": SHOWN_OTHERWISE,
    }
    found = [_entry(*row) for row in Composed(THREAD, values).rows()]
    wanted = sum(entry.created_at >= back_to for entry in found) if back_to else 0
    shown = _cut(found, min(max(THREAD_LENGTH, wanted), MOST_ENTRIES))
    shown.sort(key=lambda entry: (entry.created_at, RANKS[entry.sort], entry.id))
    has_more = len(shown) < len(found)
    return Thread(fold(shown), str(Key(shown[0].created_at, 0)) if has_more else "")


def _cut(newest_first: list[Entry], length: int) -> list[Entry]:
    """Return a page of entries that ends between two moments, never within one."""
    if len(newest_first) <= length:
        return list(newest_first)
    next_page = newest_first[length].created_at
    return [entry for entry in newest_first if entry.created_at > next_page] or list(newest_first)


def _entry(*row: Any) -> Entry:
    sort, pk, created_at, person_id, name, side, channel, text, more = row
    person = Person(person_id or 0, name or "")
    facts: Any = json.loads(more) if more else ()
    if sort == CHANGE:
        change = Change(
            kind=EventKind(text),
            data=facts["data"],
            staff=facts["staff"] or "",
            was=facts["was"] or "",
            now=facts["now"] or "",
        )
        return Entry(sort, pk, created_at, person, change=change)
    files = tuple(File(**file) for file in facts)
    return Entry(sort, pk, created_at, person, side, channel, text, files)
