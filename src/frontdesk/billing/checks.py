"""Holds every balance and every lot against the ledger, for `frontdesk doctor`."""

from dataclasses import dataclass

from django.db import connection

# A balance must be the sum of its rows and what its last row says; a lot likewise.
_BROKEN = """
WITH sums AS (
    SELECT account_id, sum(amount) AS amount, sum(units) AS units, max(id) AS last_id
    FROM billing_ledgerentry GROUP BY account_id
), lots AS (
    SELECT account_id, sum(remaining) AS remaining FROM billing_allowancelot GROUP BY account_id
), lot_sums AS (
    SELECT lot.account_id, bool_and(lot.remaining = coalesce(moved.units, 0)) AS is_right
    FROM billing_allowancelot lot
    LEFT JOIN (
        SELECT lot_id, sum(units) AS units FROM billing_ledgerentry
        WHERE lot_id IS NOT NULL GROUP BY lot_id
    ) moved ON moved.lot_id = lot.id
    GROUP BY lot.account_id
)
SELECT account_id, fault FROM (
    SELECT coalesce(balance.account_id, sums.account_id, lots.account_id) AS account_id,
        CASE
            WHEN balance.amount IS DISTINCT FROM coalesce(sums.amount, 0) THEN 'money'
            WHEN balance.units IS DISTINCT FROM coalesce(sums.units, 0) THEN 'units'
            WHEN balance.units IS DISTINCT FROM coalesce(lots.remaining, 0) THEN 'lots'
            WHEN NOT coalesce(lot_sums.is_right, true) THEN 'lot'
            WHEN (last.balance_after, last.units_after)
                IS DISTINCT FROM (balance.amount, balance.units) AND last.id IS NOT NULL THEN 'last'
        END AS fault
    FROM billing_balance balance
    FULL JOIN sums ON sums.account_id = balance.account_id
    FULL JOIN lots ON lots.account_id = coalesce(balance.account_id, sums.account_id)
    LEFT JOIN lot_sums
        ON lot_sums.account_id = coalesce(balance.account_id, sums.account_id, lots.account_id)
    LEFT JOIN billing_ledgerentry last ON last.id = sums.last_id
) AS checked
WHERE fault IS NOT NULL ORDER BY account_id
"""


@dataclass(frozen=True, slots=True)
class BrokenAccount:
    """An account whose figures do not agree, and which of them: `money` or `units` (balance
    against rows), `lots` (balance against lots), `lot` (one lot against its rows), `last`
    (balance against what its last row says)."""

    account_id: int
    fault: str


def check_ledgers() -> list[BrokenAccount]:
    """Return the accounts whose balance, lots and ledger do not agree: none, if all is well.

    Reads all of it in one statement, and so at one moment.
    """
    with connection.cursor() as cursor:
        cursor.execute(_BROKEN)
        return [BrokenAccount(account_id, fault) for account_id, fault in cursor.fetchall()]
