"""Reads what an account has, and what a ticket has cost, for the pages that show it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache

from django.db.models import FilteredRelation, Q, QuerySet, Sum
from django.utils import timezone

from frontdesk.accounts.models import Account
from frontdesk.billing.errors import NoSuchAccount
from frontdesk.billing.models import AllowanceLot, EntryKind, LedgerEntry, Plan
from frontdesk.billing.money import ZERO
from frontdesk.billing.wallets import purse_columns
from frontdesk.shared.composed import OTHER_NUMBER, SOME_NUMBER, ComposedRecords, compose_records


@dataclass(frozen=True, slots=True)
class AccountSummary:
    """What an account has now. `next_lapse_at` is when the next `next_lapse_units` tickets
    lapse; None: none of them ever does."""

    balance: Decimal
    available: int
    next_lapse_at: datetime | None
    next_lapse_units: int


@dataclass(frozen=True, slots=True)
class PlanOfAccount:
    """A plan, and since when an account is on it by which subscription; None: it is not."""

    pk: int
    name: str
    subscription_id: int | None
    began_on: date | None


@dataclass(frozen=True, slots=True)
class TicketCost:
    """What was taken for a ticket, less what was given back."""

    units: int
    amount: Decimal
    currency: str


def account_summary(*, provider_id: int, account_id: int) -> AccountSummary:
    """Return what the account has. One query. Raises NoSuchAccount."""
    columns = purse_columns("pk", timezone.now())
    rows = Account.objects.filter(pk=account_id, provider_id=provider_id)
    row = rows.values_list(*columns.values()).first()
    if row is None:
        raise NoSuchAccount
    return AccountSummary(*row)


def ticket_costs(*, provider_id: int, ticket_ids: list[int]) -> dict[int, TicketCost]:
    """Return what these tickets have cost, by ticket id; a free one is not in it. One query."""
    rows = (
        LedgerEntry.objects.filter(provider_id=provider_id, ticket_id__in=ticket_ids)
        .order_by()
        .values_list("ticket_id", "currency")
        .annotate(units=Sum("units"), amount=Sum("amount"))
    )
    costs = {}
    for ticket_id, currency, units, amount in rows:
        if ticket_id is not None and (units or amount):
            costs[ticket_id] = TicketCost(-units, ZERO - amount, currency)
    return costs


def taken_for_opening(*, provider_id: int, ticket_id: int) -> LedgerEntry | None:
    """Return the row of what a ticket took when it was opened; None where it cost nothing."""
    return _taken_for_opening().first({SOME_NUMBER: provider_id, OTHER_NUMBER: ticket_id})


@cache
def _taken_for_opening() -> ComposedRecords[LedgerEntry]:
    kinds = (EntryKind.SPEND, EntryKind.PRICE)
    rows = LedgerEntry.objects.filter(provider_id=SOME_NUMBER, ticket_id=OTHER_NUMBER)
    found = rows.filter(kind__in=kinds).order_by("id")
    return compose_records(found[:1])


def entries_of_ticket(*, provider_id: int, ticket_id: int) -> QuerySet[LedgerEntry]:
    """Return what was taken and given back for a ticket, oldest first."""
    rows = LedgerEntry.objects.filter(provider_id=provider_id, ticket_id=ticket_id)
    return rows.select_related("by", "lot").order_by("id")


def usable_lots_of(*, provider_id: int, account_id: int) -> QuerySet[AllowanceLot]:
    """Return the lots an account can use now, the one to be used next first."""
    lots = AllowanceLot.objects.usable(timezone.now())
    return (
        lots.filter(provider_id=provider_id, account_id=account_id)
        .select_related("package", "subscription__plan")
        .in_order_of_use()
    )


def plans_of(*, provider_id: int, account_id: int) -> list[PlanOfAccount]:
    """Return the plans that an account is on, and those that it could be put on. One query."""
    mine = Q(subscriptions__account_id=account_id, subscriptions__stopped_at__isnull=True)
    rows = (
        Plan.objects.filter(provider_id=provider_id)
        .annotate(running=FilteredRelation("subscriptions", condition=mine))
        .filter(Q(is_offered=True) | Q(running__isnull=False))
        .order_by("position", "id")
        .values_list("pk", "name", "running", "running__began_on")
    )
    return [PlanOfAccount(*row) for row in rows]
