"""What a department costs, and what the provider does where money is missing."""

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from frontdesk.accounts.models import Provider
from frontdesk.billing.money import MONEY, ZERO


class NoFunds(models.TextChoices):
    """What happens when neither allowance nor balance covers the price."""

    REFUSE = "refuse", _("Refuse, and show how to top up")
    DEBT = "debt", _("Allow a debt up to a limit")


class BillingSettings(models.Model):
    """A provider's own rules about money; one without a row refuses and names no way to pay."""

    provider = models.OneToOneField(
        Provider, models.PROTECT, primary_key=True, related_name="billing"
    )
    top_up_url = models.URLField(_("where clients top up"), max_length=300, blank=True)
    no_funds = models.CharField(
        _("without funds"), max_length=6, choices=NoFunds.choices, default=NoFunds.REFUSE
    )
    debt_limit = models.DecimalField(_("largest debt"), **MONEY, default=ZERO)
    agents_may_charge = models.BooleanField(_("agents may charge in a ticket"), default=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(no_funds=NoFunds.REFUSE, debt_limit=0)
                | Q(no_funds=NoFunds.DEBT, debt_limit__gt=0),
                name="billing_debt_has_limit",
            ),
        ]

    def __str__(self) -> str:
        return f"billing of {self.provider_id}"

    @classmethod
    def of(cls, provider: Provider) -> "BillingSettings":
        """Return the provider's rules, or the ones that hold where nobody set any."""
        return getattr(provider, "billing", None) or cls(provider=provider)


class PriceRule(models.Model):
    """What a ticket to a department costs. A department without a rule is free."""

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+")
    department = models.OneToOneField(
        "support.Department",
        models.CASCADE,
        primary_key=True,
        related_name="price_rule",
        db_constraint=False,
    )
    charges = models.BooleanField(_("charges for tickets"), default=False)
    price = models.DecimalField(_("price of a ticket"), **MONEY, default=ZERO)
    no_funds = models.CharField(
        _("without funds"),
        max_length=6,
        choices=NoFunds.choices,
        blank=True,
        help_text="Empty: as the provider does.",
    )
    debt_limit = models.DecimalField(_("largest debt"), **MONEY, default=ZERO)
    gives_back_late = models.BooleanField(
        _("gives back what a late answer took"), default=False, db_default=False
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(price__gt=0) | Q(charges=False, price=0), name="price_is_positive"
            ),
            models.CheckConstraint(
                condition=Q(no_funds__in=["", NoFunds.REFUSE], debt_limit=0)
                | Q(no_funds=NoFunds.DEBT, debt_limit__gt=0),
                name="price_debt_has_limit",
            ),
        ]

    def __str__(self) -> str:
        return f"price of {self.department_id}"

    @property
    def allowed_debt(self) -> Decimal:
        """How far below zero a balance may go here; the provider's rule where this has none."""
        return self.debt_limit if self.no_funds else BillingSettings.of(self.provider).debt_limit
