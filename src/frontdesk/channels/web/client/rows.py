"""One row of a list of tickets, as Home and All tickets show it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _
from markupsafe import Markup

from frontdesk.channels.web.visit import ClientVisit
from frontdesk.support.models import Message, Ticket
from frontdesk.support.models.ticket import TicketQuerySet

# Of a ticket, no more than its row shows.
SHOWN = ("subject", "status", "account_id", "requester_id", "last_message_at", "last_snippet")

Timing = Callable[[datetime], Markup]


@dataclass(frozen=True, slots=True)
class TicketRow:
    """`writer` wrote last, `asked_by` opened it unless the reader did himself; both as words."""

    number: int
    subject: str
    status: str
    when: Markup
    is_unread: bool
    writer: str
    snippet: str
    asked_by: str
    account: str


def with_row_columns(tickets: TicketQuerySet, visit: ClientVisit) -> TicketQuerySet:
    """Return the tickets with what their rows show, and nothing else, in one query."""
    last_message = Message.objects.filter(pk=OuterRef("last_message_id"))
    writer = last_message.values(writer=JSONObject(id="author_id", name="author__name"))
    marked = tickets.with_unread_mark(visit.user.pk, visit.reach.side)
    return marked.annotate(writer=Subquery(writer), asker=F("requester__name")).only(*SHOWN)


def rows_of(tickets: Iterable[Ticket], visit: ClientVisit, timing: Timing) -> list[TicketRow]:
    """Put tickets that were loaded with their rows' columns into words."""
    accounts = {account.pk: account.name for account in visit.accounts}
    named = accounts if len(accounts) > 1 else {}
    words = _Words(reader_id=visit.user.pk, you=_("You"), files=_("files"), timing=timing)
    return [_row(ticket, words, named.get(ticket.account_id, "")) for ticket in tickets]


@dataclass(frozen=True, slots=True)
class _Words:
    """What is looked up once for all rows."""

    reader_id: int
    you: str
    files: str
    timing: Timing


def _row(ticket: Ticket, words: _Words, account: str) -> TicketRow:
    columns = vars(ticket)  # annotations are not declared on the model
    writer = columns["writer"]
    return TicketRow(
        number=ticket.pk,
        subject=ticket.subject,
        status=ticket.status,
        when=words.timing(ticket.last_message_at),
        is_unread=columns["is_unread"],
        writer=words.you if writer["id"] == words.reader_id else first_word(writer["name"]),
        snippet=ticket.last_snippet or words.files,
        asked_by="" if ticket.requester_id == words.reader_id else columns["asker"],
        account=account,
    )


def first_word(name: str) -> str:
    """Return the name by which a person is called in a narrow place."""
    return name.split()[0] if name.strip() else name
