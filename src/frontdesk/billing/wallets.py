"""Reads what accounts have, in one query."""

from datetime import datetime
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from frontdesk.accounts.models import Account
from frontdesk.billing.errors import NoSuchAccount
from frontdesk.billing.models import AllowanceLot, Balance, Subscription
from frontdesk.billing.money import ZERO
from frontdesk.billing.offers import Wallet


def wallet_of(*, provider_id: int, account_id: int, now: datetime | None = None) -> Wallet:
    """Return an account's money and usable tickets. Raises NoSuchAccount.

    Tickets of a period that has begun count, whether or not the renewing job has run.
    """
    now = now or timezone.now()
    wallets = wallets_of(provider_id=provider_id, account_ids=[account_id], now=now)
    if not wallets:
        raise NoSuchAccount
    return wallets[account_id]


def wallets_of(
    *, provider_id: int, account_ids: list[int], now: datetime | None = None
) -> dict[int, Wallet]:
    """Return the wallets of these accounts by their ids; one that is not the provider's is not
    in it."""
    now = now or timezone.now()
    rows = Account.objects.filter(pk__in=account_ids, provider_id=provider_id).values_list(
        "pk",
        Coalesce(F("balance__amount"), ZERO),
        Coalesce(_usable(now), 0),
        Coalesce(_due(now), 0),
    )
    return {pk: Wallet(balance, usable + due) for pk, balance, usable, due in rows}


def with_available(accounts: QuerySet[Account]) -> QuerySet[Account]:
    """Add `available`: the tickets that each account can open without paying."""
    now = timezone.now()
    return accounts.annotate(available=Coalesce(_usable(now), 0) + Coalesce(_due(now), 0))


def purse_columns(account: str, now: datetime) -> dict[str, Any]:
    """Return what a query of other rows asks for to have the purse of each row's account in it:
    the columns of summaries.AccountSummary, in their order; `account` names the row's column."""
    lapsing = AllowanceLot.objects.usable(now).filter(
        account_id=OuterRef(account), expires_at__isnull=False
    )
    next_lapse = lapsing.values("expires_at").annotate(n=Sum("remaining")).order_by("expires_at")
    balance = Balance.objects.filter(account_id=OuterRef(account)).values("amount")
    return {
        "balance": Coalesce(Subquery(balance), ZERO),
        "available": Coalesce(_usable(now, account), 0) + Coalesce(_due(now, account), 0),
        "next_lapse_at": Subquery(next_lapse.values("expires_at")[:1]),
        "next_lapse_units": Coalesce(Subquery(next_lapse.values("n")[:1]), 0),
    }


def _usable(now: datetime, account: str = "pk") -> Subquery:
    lots = AllowanceLot.objects.usable(now).filter(account_id=OuterRef(account))
    return Subquery(lots.values("account_id").annotate(n=Sum("remaining")).values("n"))


def _due(now: datetime, account: str = "pk") -> Subquery:
    due = Subscription.objects.due(now).filter(account_id=OuterRef(account))
    return Subquery(due.values("account_id").annotate(n=Sum("plan__quantity")).values("n"))
