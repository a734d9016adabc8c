"""A ticket with everything its page shows beside the thread, in one query."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Func, JSONField, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.dateformat import format as format_date

from frontdesk.accounts.models import Account, Staff, User
from frontdesk.accounts.models.service import ServiceKind, ServiceStatus
from frontdesk.channels.web.counting import BoundedCount
from frontdesk.channels.web.desk.client_card import NoteLine, note_line
from frontdesk.channels.web.desk.entries import File, Person
from frontdesk.channels.web.visit import StaffVisit
from frontdesk.shared.composed import SOME_NUMBER, Composed, compose
from frontdesk.support.access import StaffReach
from frontdesk.support.actions.save_draft import new_key
from frontdesk.support.models import CannedReply, Department, DraftKind, Ticket, Upload
from frontdesk.support.models.presence import PRESENCE_LASTS

SHOWN_TICKETS = 5
MOST_KEPT = 500
MOST_CANNED = 200

# What stands beside the ticket and needs no right of its own: facts of the client, and what is
# the reader's. Written out, because Django takes longer to compose it than PostgreSQL to answer.
BESIDE = """
jsonb_build_object(
    'is_owner', EXISTS (SELECT FROM accounts_member m
        WHERE m.account_id = support_ticket.account_id
        AND m.user_id = support_ticket.requester_id AND m.is_owner),
    'services', (SELECT jsonb_agg(to_jsonb(chosen)) FROM (
        SELECT s.id AS pk, s.name, s.kind, s.plan, s.status, s.expires_on,
            s.id IS NOT DISTINCT FROM support_ticket.service_id AS is_meant
        FROM accounts_service s WHERE s.account_id = support_ticket.account_id
        ORDER BY is_meant DESC, s.status, s.name LIMIT 4) AS chosen),
    'service_count', (SELECT count(*) FROM (
        SELECT FROM accounts_service s WHERE s.account_id = support_ticket.account_id
        LIMIT 100) AS bounded),
    'about', (SELECT jsonb_agg(to_jsonb(newest)) FROM (
        SELECT n.id AS pk, n.text, n.author_id, u.name AS author, n.created_at
        FROM support_clientnote n JOIN accounts_user u ON u.id = n.author_id
        WHERE n.account_id = support_ticket.account_id
        ORDER BY n.id DESC LIMIT 4) AS newest),
    'read_to', (SELECT r.message_id FROM support_readmark r
        WHERE r.user_id = %s AND r.ticket_id = support_ticket.id),
    'colleagues', (SELECT jsonb_agg(jsonb_build_object('pk', u.id, 'name', u.name,
        'is_writing', p.is_writing) ORDER BY p.staff_id)
        FROM support_presence p JOIN accounts_staff s ON s.id = p.staff_id
        JOIN accounts_user u ON u.id = s.user_id
        WHERE p.ticket_id = support_ticket.id AND p.staff_id <> %s
        AND p.seen_at >= now() - %s),
    'drafts', (SELECT jsonb_agg(jsonb_build_object('kind', d.kind, 'key', d.key, 'text', d.text,
        'files', (SELECT jsonb_agg(jsonb_build_object('pk', f.id, 'name', f.name,
            'size', f.size, 'width', f.width, 'height', f.height) ORDER BY f.id)
            FROM support_upload f WHERE f.user_id = d.user_id
            AND f.provider_id = d.provider_id AND f.key = d.key)))
        FROM support_draft d WHERE d.user_id = %s
        AND d.provider_id = support_ticket.provider_id AND d.ticket_id = support_ticket.id)
)
"""
COLUMNS = (
    "id",
    "provider_id",
    "account_id",
    "requester_id",
    "department_id",
    "service_id",
    "assignee_id",
    "about_id",
    "subject",
    "status",
    "priority",
    "tags",
    "last_message_at",
    "last_message_id",
    "waiting_since",
    "account__name",
    "account__created_at",
    "requester__name",
    "requester__email",
    "requester__time_zone",
    "department__name",
    "assignee__user_id",
    "assignee__user__name",
)


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """A service of the client; `is_meant` marks the one the ticket is about."""

    pk: int
    name: str
    kind: str
    plan: str
    status: str
    expires_on: date | None
    is_meant: bool

    @property
    def kind_words(self) -> str:
        """What sort of thing it is."""
        return str(ServiceKind(self.kind).label)

    @property
    def status_words(self) -> str:
        """Whether it runs."""
        return str(ServiceStatus(self.status).label)

    @property
    def dot(self) -> str:
        """The class of its dot."""
        return {ServiceStatus.ACTIVE: "ok", ServiceStatus.SUSPENDED: "wait"}.get(
            ServiceStatus(self.status), ""
        )


@dataclass(frozen=True, slots=True)
class TicketLine:
    """Another ticket of the client."""

    pk: int
    subject: str
    status: str


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody else on the page."""

    person: Person
    is_writing: bool


@dataclass(frozen=True, slots=True)
class Unsent:
    """A form that is not sent: its key, what was typed, its files, and why it came back."""

    key: str
    text: str = ""
    files: Sequence[File | Upload] = ()
    refused: Sequence[tuple[str, str]] = ()
    error: str = ""
    guard: str = ""


@dataclass(frozen=True, slots=True)
class TicketCard:
    """What the page of a ticket shows beside the thread."""

    ticket: Ticket
    is_owner: bool
    is_unread: bool
    services: list[ServiceLine]
    service_count: int
    about_client: list[NoteLine]
    past: list[TicketLine]
    past_count: int
    linked: list[TicketLine]
    colleagues: list[Colleague]
    canned: list[tuple[int, str]]
    reply: Unsent
    note: Unsent

    @property
    def client_since(self) -> str:
        """Month and year of the account's beginning."""
        return format_date(timezone.localtime(self.ticket.account.created_at), "M Y")

    @property
    def local_time(self) -> str:
        """The hour where the client is, with the place; empty if he did not say."""
        zone = self.ticket.requester.time_zone
        try:
            now = timezone.now().astimezone(ZoneInfo(zone))
        except (KeyError, ValueError, OSError):
            return ""
        return f"{now:%H:%M}, {zone.rpartition('/')[2].replace('_', ' ')}"


def load_card(visit: StaffVisit, number: int) -> TicketCard:
    """Return the ticket's card. Raises Ticket.DoesNotExist for one that this person may not see."""
    rows = _card(visit.reach).rows({SOME_NUMBER: number})
    if not rows:
        raise Ticket.DoesNotExist
    values, rest = dict(zip(COLUMNS, rows[0], strict=False)), rows[0][len(COLUMNS) :]
    past_count, beside, past, linked, canned = rest[0], *map(json.loads, rest[1:])
    drafts = {row["kind"]: row for row in beside["drafts"] or ()}
    return TicketCard(
        ticket=_ticket(values),
        is_owner=beside["is_owner"],
        is_unread=(beside["read_to"] or 0) < values["last_message_id"],
        services=[_service(row) for row in beside["services"] or ()],
        service_count=beside["service_count"],
        about_client=[note_line(row) for row in beside["about"] or ()],
        past=[TicketLine(**row) for row in past],
        past_count=past_count,
        linked=[TicketLine(**row) for row in linked],
        colleagues=[
            Colleague(Person(row["pk"], row["name"]), row["is_writing"])
            for row in beside["colleagues"] or ()
        ],
        canned=[(row["pk"], row["title"]) for row in canned],
        reply=_unsent(drafts.get(DraftKind.REPLY)),
        note=_unsent(drafts.get(DraftKind.NOTE)),
    )


@lru_cache(maxsize=MOST_KEPT)
def _card(reach: StaffReach) -> Composed:
    """The query of the card, kept by what the person may reach."""
    visible = Ticket.objects.visible_to(reach)
    past = visible.filter(account=OuterRef("account_id")).exclude(pk=OuterRef("pk"))
    linked = past.filter(Q(about=OuterRef("pk")) | Q(pk=OuterRef("about_id")))
    canned = CannedReply.objects.filter(provider=reach.provider_id)
    # The department is the ticket's, known only inside the query.
    usable = canned.usable_by(reach.staff_id, OuterRef("department_id"))  # type: ignore[arg-type]
    own = [reach.user_id, reach.staff_id, PRESENCE_LASTS, reach.user_id]
    return compose(
        visible.filter(pk=SOME_NUMBER).values_list(
            *COLUMNS,
            BoundedCount(past),
            RawSQL(BESIDE, own, JSONField()),  # noqa: S611 - written above, with values apart
            _lines(past.newest_activity_first()[:SHOWN_TICKETS], "pk subject status"),
            _lines(linked.order_by("pk")[:SHOWN_TICKETS], "pk subject status"),
            _lines(usable[:MOST_CANNED], "pk title"),
        )
    )


def _lines(rows: QuerySet[Any, Any], names: str) -> Func:
    lines = rows.values(json=JSONObject(**{name: name for name in names.split()}))
    return Func(ArraySubquery(lines), function="to_jsonb", output_field=JSONField())


def _ticket(values: dict[str, Any]) -> Ticket:
    """Return the ticket with those who have to do with it, as the page names them."""
    ticket = Ticket(**{name: values[name] for name in COLUMNS if "__" not in name})
    ticket.account = Account(pk=ticket.account_id, **_of("account", values))
    ticket.requester = User(pk=ticket.requester_id, **_of("requester", values))
    ticket.department = Department(pk=ticket.department_id, **_of("department", values))
    if ticket.assignee_id:
        person = User(pk=values["assignee__user_id"], name=values["assignee__user__name"])
        ticket.assignee = Staff(pk=ticket.assignee_id, user=person)
    return ticket


def _of(name: str, values: dict[str, Any]) -> dict[str, Any]:
    prefix = f"{name}__"
    return {key.removeprefix(prefix): values[key] for key in COLUMNS if key.startswith(prefix)}


def _service(row: dict[str, Any]) -> ServiceLine:
    expires_on = row.pop("expires_on")
    return ServiceLine(**row, expires_on=date.fromisoformat(expires_on) if expires_on else None)


def _unsent(draft: dict[str, Any] | None) -> Unsent:
    """Return the draft's form with its files, or a form with a fresh key."""
    if draft is None:
        return Unsent(new_key())
    files = tuple(File(**row) for row in draft["files"] or ())
    return Unsent(draft["key"], draft["text"], files)
