"""The records of money and allowance."""

from frontdesk.billing.models.balance import Balance
from frontdesk.billing.models.ledger import EntryKind, LedgerEntry
from frontdesk.billing.models.lot import AllowanceLot, LapseWarning, Source
from frontdesk.billing.models.offered import Gift, Occasion, Package, Plan
from frontdesk.billing.models.rules import BillingSettings, NoFunds, PriceRule
from frontdesk.billing.models.subscription import Subscription

__all__ = [
    "AllowanceLot",
    "Balance",
    "BillingSettings",
    "EntryKind",
    "Gift",
    "LapseWarning",
    "LedgerEntry",
    "NoFunds",
    "Occasion",
    "Package",
    "Plan",
    "PriceRule",
    "Source",
    "Subscription",
]
