"""One ticket as its page shows it: two queries, whatever the length of the thread."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _
from markupsafe import Markup

from frontdesk.accounts.models import Member
from frontdesk.accounts.models.account import Right
from frontdesk.channels.web.dates import Clock
from frontdesk.channels.web.visit import ClientVisit
from frontdesk.notifications.models import Notification
from frontdesk.support.models import (
    Attachment,
    Draft,
    DraftKind,
    Event,
    EventKind,
    ReadMark,
    Ticket,
    Upload,
)
from frontdesk.support.statuses import Side

# A long thread shows its end; the rest is behind *Earlier messages*.
THREAD_LENGTH = 50
# What arrived since the page was loaded; more than that is read from the start.
MOST_NEWS = 100
MOST_READERS = 20
MOST_LINKED = 20


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
    when: Markup
    files: list[File]


@dataclass(frozen=True, slots=True)
class Thread:
    """A stretch of messages, oldest first, and whether there are others around it."""

    entries: list[Entry]
    has_earlier: bool
    has_later: bool = False


@dataclass(frozen=True, slots=True)
class Linked:
    """A ticket that goes on with this one, or that this one goes on with."""

    number: int
    subject: str
    status: str


@dataclass(slots=True)
class OneTicket:
    """A ticket and what is known around it, for one reader. `seen_id` is the last message he
    had seen before, `unsent` his draft of a reply with `has_files`."""

    ticket: Ticket
    seen_id: int | None
    has_unread_rows: bool
    readers: list[Person]
    closed_by: Person | None
    linked: list[Linked]
    unsent: dict[str, Any] | None = field(default=None)

    @classmethod
    def of(cls, ticket: Ticket) -> Self:
        """Read the annotations of a ticket that `load_ticket` found."""
        found = vars(ticket)
        return cls(
            ticket=ticket,
            seen_id=found["seen_id"],
            has_unread_rows=found["has_unread_rows"],
            readers=[Person(**one) for one in found["readers"]],
            closed_by=Person(**found["closing"]) if found["closing"] else None,
            linked=[Linked(**one) for one in found["linked"]],
            unsent=found["unsent"],
        )

    @property
    def earlier_tickets(self) -> list[Linked]:
        """What this ticket goes on with."""
        return [one for one in self.linked if one.number == self.ticket.about_id]

    @property
    def later_tickets(self) -> list[Linked]:
        """What goes on with this ticket."""
        return [one for one in self.linked if one.number != self.ticket.about_id]

    @property
    def was_closed_by_support(self) -> bool:
        """Whether the other side closed it."""
        readers = {one.pk for one in self.readers}
        return self.closed_by is not None and self.closed_by.pk not in readers


def load_ticket(visit: ClientVisit, number: int) -> OneTicket:
    """Return the ticket with everything that stands around its thread, in one query.

    Raises Ticket.DoesNotExist for one that is not his to read.
    """
    visible = Ticket.objects.visible_to(visit.reach)
    tickets = visible.select_related("department", "service").annotate(
        seen_id=Subquery(_mark(visit).values("message_id")[:1]),
        has_unread_rows=Exists(_unread_rows(visit)),
        readers=ArraySubquery(_readers()),
        closing=Subquery(_closing()),
        linked=ArraySubquery(_linked(visible)),
        unsent=Subquery(_unsent(visit)),
    )
    return OneTicket.of(tickets.get(pk=number))


def load_thread(ticket: Ticket, reader_id: int, *, before: int | None = None) -> Thread:
    """Return the last messages of the ticket, or those before a message."""
    rows = _messages(ticket)
    if before:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: THREAD_LENGTH + 1])
    shown = found[:THREAD_LENGTH][::-1]
    return Thread(
        entries=_entries(shown, reader_id),
        has_earlier=len(found) > THREAD_LENGTH,
        has_later=before is not None,
    )


def load_news(ticket: Ticket, reader_id: int, *, after: int) -> Thread:
    """Return the messages that came after one."""
    found = _messages(ticket).filter(pk__gt=after).order_by("pk")[:MOST_NEWS]
    return Thread(_entries(found, reader_id), has_earlier=False)


def people_words(people: list[Person], reader_id: int) -> str:
    """Return who can read a ticket as a sentence has it: You and Bob Marsh."""
    others = [one.name for one in people if one.pk != reader_id]
    if not others:
        return _("Only you and support")
    if len(others) > 3:
        return _("You, %(n)s colleagues and support") % {"n": len(others)}
    names = ", ".join(others)
    return _("You, %(names)s and support") % {"names": names}


def _mark(visit: ClientVisit) -> QuerySet[ReadMark]:
    return ReadMark.objects.filter(user_id=visit.user.pk, ticket_id=OuterRef("pk"))


def _unread_rows(visit: ClientVisit) -> QuerySet[Notification]:
    mine = Notification.objects.of(user_id=visit.user.pk, provider_id=visit.provider.pk)
    return mine.unread().order_by().filter(ticket_id=OuterRef("pk"))


def _readers() -> QuerySet[Member, Any]:
    may_read = Q(right=Right.ALL) | Q(user_id=OuterRef("requester_id"))
    members = Member.objects.filter(may_read, account_id=OuterRef("account_id"))
    person = JSONObject(pk="user_id", name="user__name")
    return members.order_by("user__name", "pk").values(person=person)[:MOST_READERS]


def _closing() -> QuerySet[Event, Any]:
    closed = Event.objects.filter(ticket_id=OuterRef("pk"), kind=EventKind.TICKET_CLOSED)
    return closed.values(person=JSONObject(pk="actor_id", name="actor__name"))[:1]


def _linked(visible: QuerySet[Ticket]) -> QuerySet[Ticket, Any]:
    around = Q(about_id=OuterRef("pk")) | Q(pk=OuterRef("about_id"))
    facts = JSONObject(number="pk", subject="subject", status="status")
    return visible.filter(around).order_by("pk").values(facts=facts)[:MOST_LINKED]


def _unsent(visit: ClientVisit) -> QuerySet[Draft, Any]:
    mine = {"user_id": visit.user.pk, "provider_id": visit.provider.pk}
    files = Upload.objects.filter(**mine, key=OuterRef("key"))
    drafts = Draft.objects.filter(**mine, kind=DraftKind.REPLY, ticket_id=OuterRef("pk"))
    return drafts.values(facts=JSONObject(key="key", text="text", has_files=Exists(files)))[:1]


def _messages(ticket: Ticket) -> QuerySet[Any, Any]:
    facts = JSONObject(pk="pk", name="name", size="size", width="width", height="height")
    files = Attachment.objects.filter(message=OuterRef("pk")).order_by("pk").values(facts=facts)
    return ticket.messages.annotate(files=ArraySubquery(files)).values_list(
        "pk", "author_id", "author__name", "side", "channel", "text", "created_at", "files"
    )


def _entries(rows: Iterable[tuple[Any, ...]], reader_id: int) -> list[Entry]:
    clock = Clock()
    return [
        Entry(
            pk=pk,
            author=Person(author_id, author_name),
            is_mine=author_id == reader_id,
            is_support=side == Side.STAFF,
            channel=channel,
            text=text,
            when=clock.relative_time(created_at),
            files=[File(**facts) for facts in files],
        )
        for pk, author_id, author_name, side, channel, text, created_at, files in rows
    ]
