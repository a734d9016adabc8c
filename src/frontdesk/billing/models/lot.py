"""Tickets that came together and lapse together."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from frontdesk.accounts.models import Account, Provider
from frontdesk.billing.models.offered import Package
from frontdesk.billing.models.subscription import Subscription

# How long before tickets lapse their owners are told; what lives little longer is not warned of.
WARN_BEFORE = timedelta(days=7)


class Source(models.TextChoices):
    """Where the tickets of a lot came from."""

    GRANTED = "granted", _("Granted by support")
    PACKAGE = "package", _("Package")
    PLAN = "plan", _("Monthly plan")
    EVENT = "event", _("Gift")


class LotQuerySet(models.QuerySet["AllowanceLot"]):
    """Selections of lots."""

    def usable(self, now: datetime) -> "LotQuerySet":
        """Begun, not expired, and not used up; whether the lapsing job ran does not matter."""
        return self.filter(
            Q(expires_at__isnull=True) | Q(expires_at__gt=now), remaining__gt=0, starts_at__lte=now
        )

    def expired(self, now: datetime) -> "LotQuerySet":
        """With tickets left that are to lapse."""
        return self.filter(remaining__gt=0, expires_at__lte=now)

    def to_be_warned_of(self, now: datetime) -> "LotQuerySet":
        """Lapsing soon, and nobody was told. The tickets of a plan come and go each month."""
        return (
            self.usable(now)
            .filter(expires_at__lte=now + WARN_BEFORE, warning__isnull=True)
            .filter(expires_at__gt=F("starts_at") + 2 * WARN_BEFORE)
            .exclude(source=Source.PLAN)
        )

    def in_order_of_use(self) -> "LotQuerySet":
        """What expires first is spent first, what never does last."""
        return self.order_by(F("expires_at").asc(nulls_last=True), "id")


class AllowanceLot(models.Model):
    """A number of tickets. Who gave it and why stands in the ledger row that made it.

    Only the database changes `remaining`, with each ledger row; a direct change is refused there.
    """

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+", db_index=False)
    account = models.ForeignKey(
        Account, models.PROTECT, related_name="lots", db_constraint=False, db_index=False
    )
    source = models.CharField(max_length=7, choices=Source.choices)
    package = models.ForeignKey(
        Package, models.PROTECT, related_name="+", null=True, blank=True, db_constraint=False
    )
    subscription = models.ForeignKey(
        Subscription,
        models.PROTECT,
        related_name="lots",
        null=True,
        blank=True,
        db_constraint=False,
    )
    quantity = models.PositiveIntegerField()
    remaining = models.PositiveIntegerField(default=0)
    starts_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)

    objects = LotQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(quantity__gt=0, remaining__gte=0, remaining__lte=F("quantity")),
                name="lot_holds_what_it_had",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__isnull=True) | Q(expires_at__gt=F("starts_at")),
                name="lot_begins_before_it_ends",
            ),
            models.CheckConstraint(
                condition=(Q(source=Source.PACKAGE) & Q(package__isnull=False))
                | (~Q(source=Source.PACKAGE) & Q(package__isnull=True)),
                name="lot_package_has_package",
            ),
            models.CheckConstraint(
                condition=(Q(source=Source.PLAN) & Q(subscription__isnull=False))
                | (~Q(source=Source.PLAN) & Q(subscription__isnull=True)),
                name="lot_plan_has_subscription",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["account", "expires_at"],
                condition=Q(remaining__gt=0),
                name="lot_usable",
            ),
            models.Index(
                fields=["expires_at", "account"],
                condition=Q(remaining__gt=0, expires_at__isnull=False),
                name="lot_lapses",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.remaining} of {self.quantity} for {self.account_id}"


class LapseWarning(models.Model):
    """Says that the owners of a lot were told that it lapses soon: once in its life."""

    lot = models.OneToOneField(
        AllowanceLot, models.PROTECT, primary_key=True, related_name="warning"
    )
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"warned of {self.lot_id}"
