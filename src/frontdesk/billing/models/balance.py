"""What an account has: one row, locked by whoever moves money or allowance."""

from typing import ClassVar

from django.db import models

from frontdesk.accounts.models import Account, Provider
from frontdesk.billing.money import MONEY, ZERO


class Balance(models.Model):
    """An account's money and tickets, as the sum of its ledger.

    Only the database changes it, with each ledger row; a direct change is refused there.
    `units` counts what lies in all lots, also what has expired and did not lapse yet.
    """

    account = models.OneToOneField(
        Account, models.PROTECT, primary_key=True, related_name="balance", db_constraint=False
    )
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+")
    amount = models.DecimalField(**MONEY, default=ZERO)
    units = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(units__gte=0), name="balance_units_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} of {self.account_id}"
