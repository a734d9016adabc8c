"""A ticket with everything its page shows beside the thread, in one query."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.dateformat import format as format_date

from frontdesk.accounts.models import Member, Service
from frontdesk.accounts.models.service import ServiceKind, ServiceStatus
from frontdesk.channels.web.desk.entries import File, Person
from frontdesk.channels.web.desk.rail import BoundedCount
from frontdesk.channels.web.visit import StaffVisit
from frontdesk.support.actions.save_draft import new_key
from frontdesk.support.models import (
    CannedReply,
    Draft,
    DraftKind,
    Presence,
    ReadMark,
    Ticket,
    Upload,
)
from frontdesk.support.models.ticket import TicketQuerySet

SHOWN_SERVICES = 4
SHOWN_TICKETS = 5
MOST_CANNED = 200


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
    ticket: Any = (
        Ticket.objects.visible_to(visit.reach)
        .select_related(
            "provider", "account", "requester", "department", "service", "assignee__user", "about"
        )
        .annotate(**_about_client(visit), **_about_staff(visit, number))
        .get(pk=number)
    )
    return TicketCard(
        ticket=ticket,
        is_owner=ticket.asked_by_owner,
        is_unread=(ticket.read_to or 0) < ticket.last_message_id,
        services=[_service(row) for row in ticket.some_services],
        service_count=ticket.service_count,
        past=[TicketLine(**row) for row in ticket.some_past],
        past_count=ticket.past_count,
        linked=[TicketLine(**row) for row in ticket.linked_rows],
        colleagues=[
            Colleague(Person(row["pk"], row["name"]), row["is_writing"])
            for row in ticket.others_here
        ],
        canned=[(row["pk"], row["title"]) for row in ticket.canned_titles],
        reply=_unsent(ticket, DraftKind.REPLY),
        note=_unsent(ticket, DraftKind.NOTE),
    )


def _about_client(visit: StaffVisit) -> dict[str, Any]:
    account = OuterRef("account_id")
    services = Service.objects.filter(account=account)
    visible = Ticket.objects.visible_to(visit.reach)
    past = visible.filter(account=account).exclude(pk=OuterRef("pk"))
    linked = past.filter(Q(about=OuterRef("pk")) | Q(pk=OuterRef("about_id")))
    owners = Member.objects.filter(account=account, user=OuterRef("requester_id"), is_owner=True)
    is_meant = ExpressionWrapper(Q(pk=OuterRef("service_id")), output_field=BooleanField())
    return {
        "asked_by_owner": Exists(owners),
        "some_services": ArraySubquery(
            services.annotate(is_meant=is_meant)
            .order_by("-is_meant", "status", "name")[:SHOWN_SERVICES]
            .values(json=_json("pk name kind plan status expires_on is_meant"))
        ),
        "service_count": BoundedCount(services),
        "some_past": _lines(past.newest_activity_first()),
        "past_count": BoundedCount(past),
        "linked_rows": _lines(linked.order_by("pk")),
    }


def _about_staff(visit: StaffVisit, number: int) -> dict[str, Any]:
    mine = {"user": visit.user.pk, "provider": visit.provider}
    others = Presence.objects.others(ticket_id=number, staff_id=visit.staff.pk)
    drafts = Draft.objects.filter(**mine, ticket=number)
    files = Upload.objects.filter(**mine, key__in=drafts.values("key")).order_by("pk")
    canned = CannedReply.objects.filter(provider=visit.provider)
    # The department is the ticket's, known only inside the query.
    usable = canned.usable_by(visit.staff.pk, OuterRef("department_id"))  # type: ignore[arg-type]
    read = ReadMark.objects.filter(user=visit.user.pk, ticket=number)
    people = JSONObject(pk="staff__user_id", name="staff__user__name", is_writing="is_writing")
    return {
        "read_to": Subquery(read.values("message_id")[:1]),
        "others_here": ArraySubquery(others.order_by("staff_id").values(json=people)),
        "draft_rows": ArraySubquery(drafts.values(json=_json("kind key text"))),
        "file_rows": ArraySubquery(
            files.values(json=JSONObject(key="key", file=_json("pk name size width height")))
        ),
        "canned_titles": ArraySubquery(usable[:MOST_CANNED].values(json=_json("pk title"))),
    }


def _json(names: str) -> JSONObject:
    return JSONObject(**{name: name for name in names.split()})


def _lines(tickets: TicketQuerySet) -> ArraySubquery:
    return ArraySubquery(tickets[:SHOWN_TICKETS].values(json=_json("pk subject status")))


def _service(row: dict[str, Any]) -> ServiceLine:
    expires_on = row.pop("expires_on")
    return ServiceLine(
        **{**row, "is_meant": bool(row["is_meant"])},
        expires_on=date.fromisoformat(expires_on) if expires_on else None,
    )


def _unsent(ticket: Any, kind: DraftKind) -> Unsent:
    """Return the draft's form with its files, or a form with a fresh key."""
    draft = next((row for row in ticket.draft_rows if row["kind"] == kind), None)
    if draft is None:
        return Unsent(new_key())
    files = tuple(File(**row["file"]) for row in ticket.file_rows if row["key"] == draft["key"])
    return Unsent(draft["key"], draft["text"], files)
