"""Who may see what: resolved once a request, then used by every query."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q

from frontdesk.accounts.models import Member, Provider, Staff, User
from frontdesk.accounts.models.account import Right
from frontdesk.accounts.models.staff import Role
from frontdesk.support.statuses import Side


@dataclass(frozen=True, slots=True)
class ClientReach:
    """What a person may reach as a client of one provider."""

    provider_id: int
    user_id: int
    all_accounts: frozenset[int]
    own_accounts: frozenset[int]

    side = Side.CLIENT

    @classmethod
    def of(cls, members: Iterable[Member]) -> "ClientReach":
        """Build from a person's memberships at one provider; there is at least one."""
        rows = list(members)
        return cls(
            provider_id=rows[0].provider_id,
            user_id=rows[0].user_id,
            all_accounts=frozenset(m.account_id for m in rows if m.right == Right.ALL),
            own_accounts=frozenset(m.account_id for m in rows if m.right != Right.ALL),
        )

    @property
    def accounts(self) -> frozenset[int]:
        """Every account the person is a member of here."""
        return self.all_accounts | self.own_accounts

    def ticket_filter(self) -> Q:
        """The tickets of his accounts, only own ones where his right says so."""
        mine = Q(account_id__in=self.all_accounts)
        if self.own_accounts:
            mine |= Q(account_id__in=self.own_accounts, requester_id=self.user_id)
        return Q(provider_id=self.provider_id) & mine


@dataclass(frozen=True, slots=True)
class StaffReach:
    """What a person may reach as staff of one provider.

    `department_ids` is None for heads and administrators, who reach all of them.
    """

    provider_id: int
    user_id: int
    staff_id: int
    role: str
    department_ids: frozenset[int] | None

    side = Side.STAFF

    @classmethod
    def of(cls, staff: Staff, department_ids: Iterable[int]) -> "StaffReach":
        """Build from a staff row and the departments he is a member of."""
        return cls(
            provider_id=staff.provider_id,
            user_id=staff.user_id,
            staff_id=staff.pk,
            role=staff.role,
            department_ids=None if staff.sees_all_departments else frozenset(department_ids),
        )

    @property
    def is_administrator(self) -> bool:
        """Only administrators change settings."""
        return self.role == Role.ADMINISTRATOR

    @property
    def is_head(self) -> bool:
        """Heads and administrators keep what is known of clients: accounts, people, services."""
        return self.role in {Role.HEAD, Role.ADMINISTRATOR}

    def reaches_department(self, department_id: int) -> bool:
        """Whether the tickets of this department are his to read."""
        return self.department_ids is None or department_id in self.department_ids

    def ticket_filter(self) -> Q:
        """The tickets of his departments; all of the provider's for heads."""
        mine = Q(provider_id=self.provider_id)
        if self.department_ids is not None:
            mine &= Q(department_id__in=self.department_ids)
        return mine


Reach = ClientReach | StaffReach


def client_reach(user: User, provider: Provider) -> ClientReach | None:
    """Return what `user` may reach as a client of `provider`; None if he is not one."""
    members = list(Member.objects.filter(user=user, provider=provider))
    return ClientReach.of(members) if members else None


def staff_reach(user: User, provider: Provider) -> StaffReach | None:
    """Return what `user` may reach as staff of `provider`; None if he is not one."""
    staff = (
        Staff.objects.filter(user=user, provider=provider, is_active=True)
        .annotate(seated_in=ArrayAgg("departments__id", filter=Q(departments__isnull=False)))
        .first()
    )
    return StaffReach.of(staff, staff.seated_in or []) if staff else None
