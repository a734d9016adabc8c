"""The provider, accounts, people and services that the bulk tickets belong to."""

import random
from dataclasses import dataclass, field
from itertools import accumulate

from django.db import transaction
from django.utils import timezone

from frontdesk.accounts.models import Account, Member, Provider, Service, Staff, User
from frontdesk.accounts.models.staff import Role
from frontdesk.operations.seed_copy import NULL, copy_rows, line, next_ids
from frontdesk.support.models import Department, DepartmentSeat

TICKETS_PER_ACCOUNT = 20
FEWEST_ACCOUNTS = 20
STAFF = 20
DEPARTMENTS = ("Technical support", "Sales", "Administration")
NO_PASSWORD = "!seeded"  # noqa: S105 - no hash, so nobody can sign in with it
FIRST_NAMES = "Ann Ben Cleo Dan Eva Finn Gia Hugo Ida Jon Kim Lea Max Nia Ole Pia Ron Sue Tim Uma"
LAST_NAMES = "Adler Brook Cole Dahl Engel Frost Gray Hart Iversen Jung Kern Lang Moss Noor Orth"
COMPANIES = "Bakery Clinic Studio Travel Books Records Garden Motors Press Tools Foods Labs Media"


@dataclass(slots=True)
class Crowd:
    """Who may open, who may answer, and where. Accounts come with rising weights for a draw."""

    provider_id: int
    accounts: list[int] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)
    members: dict[int, list[int]] = field(default_factory=dict)
    services: dict[int, list[int]] = field(default_factory=dict)
    # (department, its staff as (staff id, user id))
    departments: list[tuple[int, list[tuple[int, int]]]] = field(default_factory=list)


@transaction.atomic
def find_or_make_provider(slug: str) -> Provider:
    """Return the provider; one without departments gets some, and staff."""
    provider, _made = Provider.objects.get_or_create(slug=slug, defaults={"name": "Seed Host"})
    if not provider.departments.exists():
        _add_departments(provider)
    return provider


def _add_departments(provider: Provider) -> None:
    departments = Department.objects.bulk_create(
        Department(provider=provider, name=name, position=position)
        for position, name in enumerate(DEPARTMENTS)
    )
    users = User.objects.bulk_create(
        User(email=f"agent{n}@{provider.slug}.example", name=_name(n), password=NO_PASSWORD)
        for n in range(STAFF)
    )
    staff = Staff.objects.bulk_create(
        Staff(provider=provider, user=user, role=Role.HEAD if n == 0 else Role.AGENT)
        for n, user in enumerate(users)
    )
    DepartmentSeat.objects.bulk_create(
        DepartmentSeat(provider=provider, department=department, staff=one)
        for n, one in enumerate(staff)
        for place, department in enumerate(departments)
        if n % len(departments) in {place, place - 1}
    )


@transaction.atomic
def gather_crowd(provider: Provider, *, tickets: int, dice: random.Random) -> Crowd:
    """Return everybody of the provider, with new accounts for so many tickets."""
    _add_accounts(provider, max(FEWEST_ACCOUNTS, tickets // TICKETS_PER_ACCOUNT), dice=dice)
    crowd = Crowd(provider_id=provider.pk)
    members = Member.objects.filter(provider=provider, user__is_active=True).order_by("account_id")
    for account_id, user_id in members.values_list("account_id", "user_id"):
        crowd.members.setdefault(account_id, []).append(user_id)
    services = Service.objects.filter(provider=provider).values_list("account_id", "pk")
    for account_id, pk in services:
        crowd.services.setdefault(account_id, []).append(pk)
    crowd.accounts = list(crowd.members)
    # The n-th account asks about 1/n as often as the first; the eldest are the busiest.
    ranks = range(5, len(crowd.accounts) + 5)
    crowd.weights = list(accumulate(1 / rank for rank in ranks))
    crowd.departments = _departments(provider)
    return crowd


def _departments(provider: Provider) -> list[tuple[int, list[tuple[int, int]]]]:
    found = []
    for department in provider.departments.order_by("position", "pk"):
        staff = Staff.objects.filter(departments=department, is_active=True).order_by("pk")
        found.append((department.pk, list(staff.values_list("pk", "user_id"))))
    return [(pk, people) for pk, people in found if people]


def _add_accounts(provider: Provider, count: int, *, dice: random.Random) -> None:
    now = timezone.now().isoformat()
    ids = next_ids(Account, count)
    sizes = dice.choices((1, 2, 3, 5), weights=(70, 18, 9, 3), k=count)
    users, user_ids = [], iter(next_ids(User, sum(sizes)))
    members, accounts = [], []
    for pk, size in zip(ids, sizes, strict=True):
        accounts.append(line(pk, provider.pk, _company(pk), now))
        for place in range(size):
            user_id = next(user_ids)
            users.append(
                line(user_id, NO_PASSWORD, f"client{user_id}@seed.example", _name(user_id))
                + f"\t\t\tsystem\tt\tt\t{now}"
            )
            right = "all" if place == 0 or user_id % 2 else "own"
            owner = "t" if place == 0 else "f"
            members.append(line(provider.pk, pk, user_id, right, owner, now))
    copy_rows(User, users)
    copy_rows(Account, accounts)
    copy_rows(Member, members)
    copy_rows(Service, _services(provider, ids))


def _services(provider: Provider, account_ids: list[int]) -> list[str]:
    ids = next_ids(Service, 2 * len(account_ids))
    kinds = ("vps", "domain")
    return [
        line(pk, provider.pk, account_ids[place // 2], f"{kinds[place % 2]}-s{pk}")
        + f"\t{kinds[place % 2]}-{pk}.example\t{kinds[place % 2]}\t\tactive\t{NULL}"
        for place, pk in enumerate(ids)
    ]


def _name(number: int) -> str:
    first, last = FIRST_NAMES.split(), LAST_NAMES.split()
    return f"{first[number % len(first)]} {last[number // len(first) % len(last)]}"


def _company(number: int) -> str:
    last, kinds = LAST_NAMES.split(), COMPANIES.split()
    return f"{last[number % len(last)]} {kinds[number // len(last) % len(kinds)]} {number}"
