"""A person's places at providers, as a client and as staff; each page begins by asking for them."""

from collections.abc import Hashable, Iterable
from functools import cache
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    OuterRef,
    QuerySet,
    Subquery,
)
from django.http import HttpRequest

from frontdesk.accounts.models import Account, Member, Provider, Staff, User
from frontdesk.accounts.models.account import Right
from frontdesk.billing.models import Balance, BillingSettings, Package, PriceRule
from frontdesk.billing.summaries import AccountSummary
from frontdesk.billing.wallets import purse_columns
from frontdesk.channels.web.counting import BoundedCount
from frontdesk.channels.web.guarding import lacks_second_step
from frontdesk.channels.web.sign_in.recognition import PERSON
from frontdesk.notifications.models import Notification
from frontdesk.shared.composed import SOME_MOMENT, Composed, compose, names_of, records_in
from frontdesk.support.models import DepartmentSeat


class MemberPlace(NamedTuple):
    """A membership; `works_here` and `works_somewhere` say whether he is staff too,
    `has_money` whether the provider charges, or this account has a ledger, `top_up_url` where
    clients of the provider pay in, `sells_packages` whether they can buy tickets ahead, `purse`
    what the account has, where that was asked for."""

    member: Member
    provider: Provider
    account: Account
    works_here: bool
    works_somewhere: bool
    has_money: bool
    top_up_url: str | None
    sells_packages: bool
    unread: int
    purse: AccountSummary | None = None

    @property
    def reads_ledger(self) -> bool:
        """Whether he may read what the account paid and was given."""
        return self.member.is_owner or self.member.right == Right.ALL


class StaffPlace(NamedTuple):
    """A place at a desk, with the ids of the departments where he sits; whether he lacks the
    second step that the provider asks for."""

    staff: Staff
    provider: Provider
    seated_in: list[int]
    lacks_second_step: bool
    is_client_here: bool
    is_client_somewhere: bool


def member_query_for(request: HttpRequest, *, with_purses: bool) -> Composed:
    """Return the query of the memberships; a whole page's top bar says what the account has."""
    is_whole = (
        "HX-Request" not in request.headers or "HX-History-Restore-Request" in request.headers
    )
    return member_query(with_purses=(with_purses or is_whole) and request.method != "POST")


def member_places(rows: Iterable[tuple[Any, ...]]) -> list[MemberPlace]:
    """Return the memberships at all providers that `member_query` found."""
    return [_member_place(records_in(row, Member, Provider, Account)) for row in rows]


def staff_places(rows: Iterable[tuple[Any, ...]]) -> list[StaffPlace]:
    """Return the desks that `staff_query` found."""
    places = [StaffPlace(*records_in(row, Staff, Provider)) for row in rows]
    for place in places:
        place.staff.provider = place.provider  # or asking for it would ask the database again
    return places


def seal_of(user: User, rows: Iterable[tuple[Any, ...]]) -> Hashable:
    """Return all that was read of a person and his places, as one value to keep things by."""
    read = (tuple(value) if type(value) is list else value for row in rows for value in row)
    return user.pk, user.name, user.email, user.shortcuts_on, *read


def _member_place(values: list[Any]) -> MemberPlace:
    facts = len(MemberPlace._fields) - 1
    purse = AccountSummary(*values[facts:]) if len(values) > facts else None
    return MemberPlace(*values[:facts])._replace(purse=purse)


@cache
def member_query(*, with_purses: bool) -> Composed:
    """The memberships of PERSON, by the accounts' names."""
    purse = purse_columns("account", SOME_MOMENT) if with_purses else {}
    staff = Staff.objects.filter(user_id=PERSON, is_active=True)
    unread = Notification.objects.filter(user_id=PERSON, provider=OuterRef("provider")).unread()
    members = Member.objects.filter(user_id=PERSON).annotate(
        works_here=Exists(staff.filter(provider=OuterRef("provider"))),
        works_somewhere=Exists(staff),
        has_money=Exists(PriceRule.objects.filter(provider=OuterRef("provider"), charges=True))
        | Exists(Balance.objects.filter(account=OuterRef("account"))),
        top_up_url=Subquery(
            BillingSettings.objects.filter(provider=OuterRef("provider")).values("top_up_url")
        ),
        sells_packages=Exists(
            Package.objects.filter(provider=OuterRef("provider"), is_offered=True)
        ),
        unread=BoundedCount(unread),
        **purse,
    )
    return compose(
        members.order_by("account__name", "pk").values_list(
            *names_of(Member),
            *names_of(Provider, "provider__"),
            *names_of(Account, "account__"),
            "works_here",
            "works_somewhere",
            "has_money",
            "top_up_url",
            "sells_packages",
            "unread",
            *purse,
        )
    )


@cache
def staff_query() -> Composed:
    """The desks where PERSON works."""
    members = Member.objects.filter(user_id=PERSON)
    seats = DepartmentSeat.objects.filter(staff=OuterRef("pk")).values("department_id")
    staff: QuerySet[Staff] = Staff.objects.filter(user_id=PERSON, is_active=True)
    return compose(
        staff.annotate(
            seated_in=ArraySubquery(seats),
            lacks_second_step=ExpressionWrapper(lacks_second_step(), BooleanField()),
            is_client_here=Exists(members.filter(provider=OuterRef("provider"))),
            is_client_somewhere=Exists(members),
        ).values_list(
            *names_of(Staff),
            *names_of(Provider, "provider__"),
            "seated_in",
            "lacks_second_step",
            "is_client_here",
            "is_client_somewhere",
        )
    )
