"""A client account as the desk shows it: its people, what they bought, what staff noted."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from frontdesk.accounts.models import Account, Member, Service
from frontdesk.accounts.models.account import Right
from frontdesk.accounts.models.service import ServiceKind, ServiceStatus
from frontdesk.billing.wallets import with_available
from frontdesk.channels.web.desk.entries import Person
from frontdesk.support.models.client_note import ClientNote

# What the form calls the right of an owner, who reads all of the account.
OWNER = "owner"
MOST_PEOPLE = 100
MOST_SERVICES = 200
MOST_NOTES = 50


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A person of the account; `pk` is the person's id, `place` that of his membership."""

    pk: int
    place: int
    name: str
    email: str
    is_owner: bool
    reads_all: bool

    @property
    def right(self) -> str:
        """What the form calls his right."""
        return OWNER if self.is_owner else Right.ALL if self.reads_all else Right.OWN


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """A service of the account."""

    pk: int
    external_id: str
    name: str
    kind: str
    plan: str
    status: str
    expires_on: date | None

    @property
    def kind_words(self) -> str:
        """What sort of thing it is."""
        return str(ServiceKind(self.kind).label)

    @property
    def status_words(self) -> str:
        """Whether it runs."""
        return str(ServiceStatus(self.status).label)


@dataclass(frozen=True, slots=True)
class NoteLine:
    """What a colleague wrote about the client, and when."""

    pk: int
    text: str
    author: Person
    created_at: datetime


@dataclass(frozen=True, slots=True)
class ClientCard:
    """An account with its members, owner first, its services, and notes, the newest first."""

    account: Account
    available: int
    members: list[MemberLine]
    services: list[ServiceLine]
    notes: list[NoteLine]


def load_client(provider_id: int, account_id: int) -> ClientCard | None:
    """Return the client of this provider; None if there is no such account."""
    accounts = Account.objects.filter(provider=provider_id).select_related(
        "balance", "provider__billing"
    )
    account: Any = (
        with_available(with_people(accounts))
        .annotate(service_rows=_services(), note_rows=_notes())
        .filter(pk=account_id)
        .first()
    )
    if account is None:
        return None
    return ClientCard(
        account=account,
        available=account.available,
        members=members_of(account),
        services=[_service(row) for row in account.service_rows],
        notes=[note_line(row) for row in account.note_rows],
    )


def find_clients(provider_id: int, words: str) -> QuerySet[Account]:
    """Return accounts whose name, id, people or services contain the words, by name."""
    accounts = with_people(Account.objects.filter(provider=provider_id)).order_by("name", "pk")
    if not words:
        return accounts
    people = Member.objects.filter(provider=provider_id).filter(
        Q(user__name__icontains=words) | Q(user__email__icontains=words)
    )
    services = Service.objects.filter(provider=provider_id).filter(
        Q(name__icontains=words) | Q(external_id__istartswith=words)
    )
    return accounts.filter(
        Q(name__icontains=words)
        | Q(external_id__istartswith=words)
        | Q(pk__in=people.values("account"))
        | Q(pk__in=services.values("account"))
    )


def with_people(accounts: QuerySet[Account]) -> QuerySet[Account]:
    """Add what `members_of` reads."""
    members = Member.objects.filter(account=OuterRef("pk"), user__is_active=True)
    person = JSONObject(
        pk="user_id",
        place="pk",
        name="user__name",
        email="user__email",
        is_owner="is_owner",
        right="right",
    )
    in_order = members.order_by("-is_owner", "user__name", "pk")[:MOST_PEOPLE]
    return accounts.annotate(member_rows=ArraySubquery(in_order.values(json=person)))


def members_of(account: Any) -> list[MemberLine]:
    """Return the people of an account loaded by `with_people`, its owner first."""
    return [
        MemberLine(
            pk=row["pk"],
            place=row["place"],
            name=row["name"],
            email=row["email"],
            is_owner=row["is_owner"],
            reads_all=row["right"] == Right.ALL,
        )
        for row in account.member_rows
    ]


def note_line(row: dict[str, Any]) -> NoteLine:
    """Return a note as the database gave it."""
    author = Person(row["author_id"], row["author"])
    return NoteLine(row["pk"], row["text"], author, datetime.fromisoformat(row["created_at"]))


def _notes() -> ArraySubquery:
    notes = ClientNote.objects.filter(account=OuterRef("pk")).order_by("-pk")[:MOST_NOTES]
    json = JSONObject(
        pk="pk",
        text="text",
        author_id="author_id",
        author="author__name",
        created_at="created_at",
    )
    return ArraySubquery(notes.values(json=json))


def _services() -> ArraySubquery:
    services = Service.objects.filter(account=OuterRef("pk")).order_by("status", "name")
    names = "pk external_id name kind plan status expires_on"
    json = JSONObject(**{name: name for name in names.split()})
    return ArraySubquery(services[:MOST_SERVICES].values(json=json))


def _service(row: dict[str, Any]) -> ServiceLine:
    expires_on = row.pop("expires_on")
    return ServiceLine(**row, expires_on=date.fromisoformat(expires_on) if expires_on else None)
