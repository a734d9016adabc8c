"""What a provider sells and gives: packages of tickets, monthly plans, gifts on events."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from frontdesk.accounts.models import Provider
from frontdesk.billing.money import MONEY, ZERO


class Package(models.Model):
    """A number of tickets for a price, paid from the balance. Withdrawn, never deleted."""

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="packages")
    name = models.CharField(_("name"), max_length=60)
    quantity = models.PositiveIntegerField(_("tickets"))
    price = models.DecimalField(_("price"), **MONEY)
    lasts_days = models.PositiveIntegerField(
        _("days until unused tickets lapse"), null=True, blank=True, help_text="Empty: never."
    )
    is_offered = models.BooleanField(_("on sale"), default=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["provider", "name"], name="package_name_unique"),
            models.UniqueConstraint(fields=["id", "provider"], name="package_of_provider"),
            models.CheckConstraint(
                condition=Q(quantity__gt=0, price__gt=0), name="package_is_positive"
            ),
            models.CheckConstraint(
                condition=Q(lasts_days__isnull=True) | Q(lasts_days__gt=0), name="package_lasts"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Plan(models.Model):
    """A number of tickets each month; what is left at the month's end lapses."""

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="plans")
    name = models.CharField(_("name"), max_length=60)
    quantity = models.PositiveIntegerField(_("tickets each month"))
    is_offered = models.BooleanField(_("given to new clients"), default=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["provider", "name"], name="plan_name_unique"),
            models.UniqueConstraint(fields=["id", "provider"], name="plan_of_provider"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="plan_is_positive"),
        ]

    def __str__(self) -> str:
        return self.name


class Occasion(models.TextChoices):
    """What tickets can be given for."""

    REGISTRATION = "registration", _("Registration")
    FIRST_TOP_UP = "first_top_up", _("First top-up")
    TOP_UP = "top_up", _("Top-up of a sum")


class Gift(models.Model):
    """Tickets given on an occasion, once for each time it happens."""

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="gifts")
    occasion = models.CharField(_("occasion"), max_length=12, choices=Occasion.choices)
    least_amount = models.DecimalField(_("for a sum from"), **MONEY, default=ZERO)
    quantity = models.PositiveIntegerField(_("tickets"))
    lasts_days = models.PositiveIntegerField(
        _("days until unused tickets lapse"), null=True, blank=True, help_text="Empty: never."
    )
    is_on = models.BooleanField(_("given"), default=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(quantity__gt=0, least_amount__gte=0), name="gift_is_positive"
            ),
            models.CheckConstraint(
                condition=Q(lasts_days__isnull=True) | Q(lasts_days__gt=0), name="gift_lasts"
            ),
            models.CheckConstraint(
                condition=~Q(occasion=Occasion.REGISTRATION) | Q(least_amount=0),
                name="gift_sum_needs_top_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} on {self.occasion}"
