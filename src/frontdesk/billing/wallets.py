"""Reads what accounts have, in one query."""

from datetime import datetime

from django.db.models import F, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from frontdesk.accounts.models import Account
from frontdesk.billing.errors import NoSuchAccount
from frontdesk.billing.models import AllowanceLot, Subscription
from frontdesk.billing.money import ZERO
from frontdesk.billing.offers import Wallet


def wallet_of(*, provider_id: int, account_id: int, now: datetime | None = None) -> Wallet:
    """Return an account's money and usable tickets. Raises NoSuchAccount.

    Tickets of a period that has begun count, whether or not the renewing job has run.
    """
    now = now or timezone.now()
    accounts = Account.objects.filter(pk=account_id, provider_id=provider_id)
    row = accounts.values_list(
        Coalesce(F("balance__amount"), ZERO),
        Coalesce(_usable(now), 0),
        Coalesce(_due(now), 0),
    ).first()
    if row is None:
        raise NoSuchAccount
    balance, usable, due = row
    return Wallet(balance=balance, available=usable + due)


def _usable(now: datetime) -> Subquery:
    lots = AllowanceLot.objects.usable(now).filter(account_id=OuterRef("pk"))
    return Subquery(lots.values("account_id").annotate(n=Sum("remaining")).values("n"))


def _due(now: datetime) -> Subquery:
    due = Subscription.objects.due(now).filter(account_id=OuterRef("pk"))
    return Subquery(due.values("account_id").annotate(n=Sum("plan__quantity")).values("n"))
