"""One row of a list of tickets, as Home and All tickets show it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import F, OuterRef, Subquery
from django.utils.translation import gettext as _
from markupsafe import Markup

from frontdesk.channels.web.visit import ClientVisit
from frontdesk.support.models import Message
from frontdesk.support.models.ticket import TicketQuerySet
from frontdesk.support.statuses import Side

Timing = Callable[[datetime], Markup]


class Columns(NamedTuple):
    """What is read of a ticket for its row, and nothing else."""

    pk: int
    subject: str
    status: str
    account_id: int
    requester_id: int
    last_message_at: datetime
    last_snippet: str
    is_unread: bool
    writer_id: int
    writer: str
    asker: str


class TicketRow(NamedTuple):
    """A row in words. `writer` wrote last, `asked_by` opened it unless the reader did himself."""

    number: int
    subject: str
    status: str
    when: Markup
    is_unread: bool
    writer: str
    snippet: str
    asked_by: str
    account: str


def with_columns(tickets: TicketQuerySet, reader_id: int) -> TicketQuerySet:
    """Annotate what a row shows beside the ticket's own fields."""
    last_message = Message.objects.filter(pk=OuterRef("last_message_id"))
    return tickets.with_unread_mark(reader_id, Side.CLIENT).annotate(
        writer_id=Subquery(last_message.values("author_id")),
        writer=Subquery(last_message.values("author__name")),
        asker=F("requester__name"),
    )


def rows_of(found: Iterable[Columns], visit: ClientVisit, timing: Timing) -> list[TicketRow]:
    """Put the columns into words for this reader."""
    accounts = {account.pk: account.name for account in visit.accounts}
    named = accounts if len(accounts) > 1 else {}
    words = _Words(reader_id=visit.user.pk, you=_("You"), files=_("files"), timing=timing)
    return [_row(columns, words, named.get(columns.account_id, "")) for columns in found]


@dataclass(frozen=True, slots=True)
class _Words:
    """What is looked up once for all rows."""

    reader_id: int
    you: str
    files: str
    timing: Timing


def _row(columns: Columns, words: _Words, account: str) -> TicketRow:
    is_mine = columns.writer_id == words.reader_id
    return TicketRow(
        number=columns.pk,
        subject=columns.subject,
        status=columns.status,
        when=words.timing(columns.last_message_at),
        is_unread=columns.is_unread,
        writer=words.you if is_mine else first_word(columns.writer),
        snippet=columns.last_snippet or words.files,
        asked_by="" if columns.requester_id == words.reader_id else columns.asker,
        account=account,
    )


def first_word(name: str) -> str:
    """Return the name by which a person is called in a narrow place."""
    return name.split()[0] if name.strip() else name
