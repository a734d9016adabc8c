"""A person's places at providers, as a client and as staff; each page begins by asking for them."""

from functools import cache
from typing import NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    Func,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
)

from frontdesk.accounts.models import Account, Member, Provider, Staff
from frontdesk.billing.models import Balance, BillingSettings, Package, PriceRule
from frontdesk.channels.web.guarding import lacks_second_step
from frontdesk.notifications.models import Notification
from frontdesk.shared.composed import SOME_NUMBER, Composed, compose, names_of, records_in
from frontdesk.support.models import DepartmentSeat

# Counters stop here: "99+".
COUNT_BOUND = 100
# The person, in the text of a query that is the same for everybody.
PERSON = SOME_NUMBER


class MemberPlace(NamedTuple):
    """A membership; `works_here` and `works_somewhere` say whether he is staff too,
    `has_money` whether the provider charges, or this account has a ledger, `top_up_url` where
    clients of the provider pay in, `sells_packages` whether they can buy tickets ahead."""

    member: Member
    provider: Provider
    account: Account
    works_here: bool
    works_somewhere: bool
    has_money: bool
    top_up_url: str | None
    sells_packages: bool
    unread: int


class StaffPlace(NamedTuple):
    """A place at a desk, with the ids of the departments where he sits; whether he lacks the
    second step that the provider asks for."""

    staff: Staff
    provider: Provider
    seated_in: list[int]
    lacks_second_step: bool
    is_client_here: bool
    is_client_somewhere: bool


def member_places(user_id: int) -> list[MemberPlace]:
    """Return the person's memberships at all providers, by the accounts' names."""
    return [
        MemberPlace(*records_in(row, Member, Provider, Account))
        for row in _member_query().rows({PERSON: user_id})
    ]


def staff_places(user_id: int) -> list[StaffPlace]:
    """Return the desks where the person works."""
    places = [
        StaffPlace(*records_in(row, Staff, Provider))
        for row in _staff_query().rows({PERSON: user_id})
    ]
    for place in places:
        place.staff.provider = place.provider  # or asking for it would ask the database again
    return places


@cache
def _member_query() -> Composed:
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
        unread=Func(
            ArraySubquery(unread.values("id")[:COUNT_BOUND]),
            function="cardinality",
            output_field=IntegerField(),
        ),
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
        )
    )


@cache
def _staff_query() -> Composed:
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
