"""A plan that an account is on."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from frontdesk.accounts.models import Account, Provider
from frontdesk.billing.models.offered import Plan


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    """Selections of subscriptions."""

    def running(self) -> "SubscriptionQuerySet":
        """Not stopped."""
        return self.filter(stopped_at__isnull=True)

    def due(self, now: datetime) -> "SubscriptionQuerySet":
        """A new period has begun whose tickets were not given yet."""
        return self.running().filter(next_at__lte=now)


class Subscription(models.Model):
    """An account on a plan. Periods are counted from the day it began, by the provider's clock.

    `period` is the number of the last period whose tickets were given, `next_at` the moment
    the one after it begins.
    """

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+")
    account = models.ForeignKey(
        Account, models.PROTECT, related_name="subscriptions", db_constraint=False
    )
    plan = models.ForeignKey(
        Plan, models.PROTECT, related_name="subscriptions", db_constraint=False
    )
    began_on = models.DateField()
    period = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField()
    reference = models.CharField(max_length=200)
    created_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True, blank=True)
    stopped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )

    # Whether the call that returned this row wrote it.
    is_new = False

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account", "plan"],
                condition=Q(stopped_at__isnull=True),
                name="subscription_once",
            ),
            models.UniqueConstraint(
                fields=["provider", "reference"], name="subscription_reference_unique"
            ),
            models.UniqueConstraint(fields=["id", "account"], name="subscription_of_account"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_at", "account"],
                condition=Q(stopped_at__isnull=True),
                name="subscription_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} on {self.plan_id}"
