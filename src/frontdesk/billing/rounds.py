"""Goes over the accounts for which something has come due, each in a transaction of its own."""

import logging
from collections.abc import Callable

from django.db import transaction
from django.db.models import QuerySet

from frontdesk.billing.book import Book, open_book
from frontdesk.billing.models import AllowanceLot, LedgerEntry, Subscription

log = logging.getLogger(__name__)

BATCH = 500

Act = Callable[[Book], list[LedgerEntry]]
Then = Callable[[LedgerEntry], object]


class RoundIncomplete(Exception):
    """Some accounts failed and are due still; all others are done."""


def go_round(
    due: QuerySet[Subscription] | QuerySet[AllowanceLot], act: Act, then: Then | None
) -> int:
    """Run `act` once for each account in `due`, then `then` for each row it wrote in the same
    transaction; return the number of rows.

    What fails for one account is logged and kept from the others. Raises RoundIncomplete at
    the end for it, so that the job is tried again.
    """
    written, failed, last = 0, 0, 0
    while batch := _next_accounts(due, last):
        for account_id, provider_id in batch:
            try:
                written += _do_one(provider_id, account_id, act, then)
            except Exception:
                failed += 1
                log.exception("account %s was not done", account_id)
        last = batch[-1][0]
    if failed:
        raise RoundIncomplete(f"{failed} accounts failed")
    return written


def _next_accounts(
    due: QuerySet[Subscription] | QuerySet[AllowanceLot], last: int
) -> list[tuple[int, int]]:
    rows = due.filter(account_id__gt=last).order_by("account_id")
    return list(rows.values_list("account_id", "provider_id").distinct()[:BATCH])


def _do_one(provider_id: int, account_id: int, act: Act, then: Then | None) -> int:
    with transaction.atomic():
        entries = act(open_book(provider_id=provider_id, account_id=account_id))
        for entry in entries if then else ():
            assert then is not None
            then(entry)
    return len(entries)
