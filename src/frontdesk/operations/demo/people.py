"""Puts the demo's providers, people, accounts and services in their places."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from frontdesk.accounts.models import Account, Member, Provider, Service, Staff, User
from frontdesk.operations.demo.stories import read
from frontdesk.support.access import ClientReach, StaffReach
from frontdesk.support.actor import Actor
from frontdesk.support.channels import Channel
from frontdesk.support.models import CannedReply, Department
from frontdesk.support.models.department import DepartmentSeat

PASSWORD = "demo"  # noqa: S105 - the word that the demo's sign-in page shows


@dataclass(slots=True)
class Cast:
    """Everybody by the short names of the data files; most are per provider's slug."""

    providers: dict[str, Provider] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    staff: dict[str, Staff] = field(default_factory=dict)
    departments: dict[tuple[str, str], Department] = field(default_factory=dict)
    members: dict[tuple[str, str], Member] = field(default_factory=dict)
    services: dict[tuple[int, str], Service] = field(default_factory=dict)

    def actor(self, key: str, slug: str, channel: str = Channel.WEB) -> Actor:
        """Return the person as he acts at this provider."""
        if key in self.staff:
            staff = self.staff[key]
            seats = [d.pk for d in self.departments.values() if d.provider_id == staff.provider_id]
            reach: ClientReach | StaffReach = StaffReach.of(staff, seats)
        else:
            reach = ClientReach.of([self.members[key, slug]])
        return Actor(user=self.users[key], reach=reach, channel=Channel(channel))


def cast_people(now: datetime) -> Cast:
    """Create all of them and return them by their short names."""
    cast = Cast()
    for raw in read("people")["provider"]:
        _add_provider(cast, raw)
    for raw in read("people")["staff"]:
        _add_staff(cast, raw)
    for raw in read("people")["provider"]:
        _add_departments(cast, raw)
    accounts = read("people")["account"] + read("accounts")["account"]
    for place, raw in enumerate(accounts):
        _add_account(cast, raw, now=now, since=now - timedelta(days=1400 - 61 * place))
    _add_canned_replies(cast)
    return cast


def _add_provider(cast: Cast, raw: dict[str, Any]) -> None:
    fields = {key: value for key, value in raw.items() if key != "department"}
    cast.providers[raw["slug"]] = Provider.objects.create(**fields)


def _add_staff(cast: Cast, raw: dict[str, Any]) -> None:
    user = _user(cast, raw, zone=cast.providers[raw["provider"]].time_zone, can_sign_in=True)
    cast.staff[raw["key"]] = Staff.objects.create(
        provider=cast.providers[raw["provider"]], user=user, role=raw["role"]
    )


def _user(cast: Cast, raw: dict[str, Any], *, zone: str, can_sign_in: bool) -> User:
    if raw["key"] not in cast.users:
        cast.users[raw["key"]] = User.objects.create_user(
            raw["email"],
            PASSWORD if can_sign_in else None,
            name=raw["name"],
            time_zone=zone,
        )
    return cast.users[raw["key"]]


def _add_departments(cast: Cast, raw: dict[str, Any]) -> None:
    provider = cast.providers[raw["slug"]]
    for position, told in enumerate(raw["department"]):
        department = Department.objects.create(
            provider=provider,
            name=told["name"],
            description=told["description"],
            hours=told["hours"],
            position=position,
        )
        cast.departments[raw["slug"], told["name"]] = department
        DepartmentSeat.objects.bulk_create(
            DepartmentSeat(provider=provider, department=department, staff=cast.staff[key])
            for key in told["staff"]
        )


def _add_account(cast: Cast, raw: dict[str, Any], *, now: datetime, since: datetime) -> None:
    provider = cast.providers[raw["provider"]]
    account = Account.objects.create(provider=provider, name=raw["name"])
    for told in raw["members"]:
        user = _user(
            cast, told, zone=provider.time_zone, can_sign_in=told.get("can_sign_in", False)
        )
        cast.members[told["key"], raw["provider"]] = Member.objects.create(
            provider=provider,
            account=account,
            user=user,
            right=told.get("right", "all"),
            is_owner=told.get("owner", False),
        )
    _add_services(cast, raw["services"], account=account, now=now)
    Account.objects.filter(pk=account.pk).update(created_at=since)
    Member.objects.filter(account=account).update(created_at=since)


def _add_services(
    cast: Cast, services: list[dict[str, Any]], *, account: Account, now: datetime
) -> None:
    rows = [
        Service(
            provider_id=account.provider_id,
            account=account,
            external_id=told["id"],
            name=told["name"],
            kind=told["kind"],
            plan=told["plan"],
            status=told.get("status", "active"),
            expires_on=now.date() + timedelta(days=told["days"]),
        )
        for told in services
    ]
    for row in Service.objects.bulk_create(rows):
        cast.services[account.pk, row.name] = row


def _add_canned_replies(cast: Cast) -> None:
    CannedReply.objects.bulk_create(
        CannedReply(
            provider=cast.providers[told["provider"]],
            department=cast.departments.get((told["provider"], told.get("department", ""))),
            title=told["title"],
            text=told["text"].strip(),
        )
        for told in read("canned")["reply"]
    )
