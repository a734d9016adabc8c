"""One row of a list of tickets, as Home and All tickets show it."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _
from markupsafe import Markup

from frontdesk.accounts.models import User
from frontdesk.channels.web.dates import Clock
from frontdesk.channels.web.kept_html import rows_in_html
from frontdesk.channels.web.visit import ClientVisit
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
    last_author_id: int
    is_unread: bool
    writer: str
    asker: str


# Those that are the ticket's own; the others are annotated.
OWN_COLUMNS = Columns._fields[:8]


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
    """Annotate what a row shows beside the ticket's own fields.

    By subqueries, never a join: for a join PostgreSQL may leave the order of the index, and then
    it reads all tickets of an account to show fifty.
    """
    writer, asker = (
        User.objects.filter(pk=OuterRef(who)).values("name")
        for who in ("last_author_id", "requester_id")
    )
    rows = tickets.with_unread_mark(reader_id, Side.CLIENT)
    return rows.annotate(writer=Subquery(writer), asker=Subquery(asker))


def rows_of(found: Iterable[Columns], visit: ClientVisit, timing: Timing) -> list[TicketRow]:
    """Put the columns into words for this reader."""
    words, named = _words_for(visit, timing), _names_to_show(visit)
    return [_row(columns, words, named.get(columns.account_id, "")) for columns in found]


@dataclass(frozen=True, slots=True)
class ListRows:
    """The rows of All tickets for one reader."""

    found: list[Columns]
    visit: ClientVisit
    clock: Clock

    def __len__(self) -> int:
        return len(self.found)

    def in_html(self, one_row: Callable[[TicketRow], str]) -> Markup:
        """Return all rows, each as the template's macro shows it."""
        visit, clock = self.visit, self.clock
        words, named = _words_for(visit, clock.exact_time), _names_to_show(visit)
        frame = ("All tickets", clock.frame, visit.provider.slug, visit.user.pk)

        def key_of(columns: Columns) -> tuple[Hashable, ...]:
            account = named.get(columns.account_id)
            return clock.age(columns.last_message_at), account, columns

        def render(columns: Columns) -> str:
            return one_row(_row(columns, words, named.get(columns.account_id, "")))

        return rows_in_html(frame, self.found, key_of, render)


@dataclass(frozen=True, slots=True)
class _Words:
    """What is looked up once for all rows."""

    reader_id: int
    you: str
    files: str
    timing: Timing


def _words_for(visit: ClientVisit, timing: Timing) -> _Words:
    return _Words(reader_id=visit.user.pk, you=_("You"), files=_("files"), timing=timing)


def _names_to_show(visit: ClientVisit) -> dict[int, str]:
    """Accounts are named for who has several."""
    accounts = {account.pk: account.name for account in visit.accounts}
    return accounts if len(accounts) > 1 else {}


def _row(columns: Columns, words: _Words, account: str) -> TicketRow:
    is_mine = columns.last_author_id == words.reader_id
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
