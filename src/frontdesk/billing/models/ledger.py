"""The ledger: every movement of money and tickets, one row each, never changed."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from frontdesk.accounts.models import Account, Provider
from frontdesk.billing.models.lot import AllowanceLot
from frontdesk.billing.money import MONEY, ZERO

REFERENCE_LENGTH = 200
REASON_LENGTH = 200


class EntryKind(models.TextChoices):
    """What a ledger row says has happened, as a client reads it."""

    TOP_UP = "top_up", _("Top-up")
    GRANT = "grant", _("Tickets granted")
    PACKAGE = "package", _("Package bought")
    PLAN = "plan", _("Monthly tickets")
    GIFT = "gift", _("Tickets as a gift")
    SPEND = "spend", _("Ticket used")
    PRICE = "price", _("Paid ticket")
    CHARGE = "charge", _("Charge by support")
    LAPSE = "lapse", _("Tickets lapsed")
    REFUND = "refund", _("Refund")
    CORRECTION = "correction", _("Correction")


GIVES_TICKETS = (EntryKind.GRANT, EntryKind.PLAN, EntryKind.GIFT)
TAKES_MONEY = (EntryKind.PRICE, EntryKind.CHARGE)
REVERSES = (EntryKind.REFUND, EntryKind.CORRECTION)
# What may be given back, and what may be corrected; a reversing row is neither.
REFUNDABLE = (EntryKind.SPEND, EntryKind.PRICE, EntryKind.CHARGE, EntryKind.PACKAGE)
CORRECTABLE = (EntryKind.TOP_UP, *GIVES_TICKETS)

# kind -> what its figures must look like; a kind without a line cannot be written.
_SIGNS = (
    Q(kind=EntryKind.TOP_UP, amount__gt=0, units=0)
    | Q(kind__in=GIVES_TICKETS, amount=0, units__gt=0)
    | Q(kind=EntryKind.PACKAGE, amount__lt=0, units__gt=0)
    | Q(kind=EntryKind.SPEND, amount=0, units=-1, ticket__isnull=False)
    | Q(kind__in=TAKES_MONEY, amount__lt=0, units=0, ticket__isnull=False)
    | Q(kind=EntryKind.LAPSE, amount=0, units__lt=0)
    | (Q(kind__in=REVERSES) & (~Q(amount=0) | ~Q(units=0)))
)


class LedgerEntry(models.Model):
    """One movement: `amount` of money, `units` of tickets, and what the account had after it.

    `reverses` is the row that a refund or correction gives back; `reference` makes an act
    happen once. `by` is empty where the program acted by itself or the provider's billing did.
    """

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+", db_index=False)
    account = models.ForeignKey(
        Account, models.PROTECT, related_name="ledger", db_constraint=False, db_index=False
    )
    kind = models.CharField(max_length=10, choices=EntryKind.choices)
    amount = models.DecimalField(**MONEY, default=ZERO)
    balance_after = models.DecimalField(**MONEY)
    currency = models.CharField(max_length=3)
    units = models.IntegerField(default=0)
    units_after = models.IntegerField()
    lot = models.ForeignKey(
        AllowanceLot, models.PROTECT, related_name="entries", null=True, blank=True
    )
    ticket = models.ForeignKey(
        "support.Ticket",
        models.PROTECT,
        related_name="ledger_entries",
        null=True,
        blank=True,
        db_index=False,
    )
    department = models.ForeignKey(
        "support.Department",
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        db_constraint=False,
        db_index=False,
    )
    reverses = models.ForeignKey(
        "self", models.PROTECT, related_name="reversals", null=True, blank=True, db_index=False
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        db_index=False,
    )
    reason = models.CharField(max_length=REASON_LENGTH, blank=True)
    reference = models.CharField(max_length=REFERENCE_LENGTH)
    created_at = models.DateTimeField()

    # Whether the call that returned this row wrote it; else it is an earlier call's result,
    # and its event was recorded then.
    is_new = False

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["provider", "reference"], name="ledger_reference_unique"
            ),
            models.CheckConstraint(condition=_SIGNS, name="ledger_figures_fit_kind"),
            models.CheckConstraint(
                condition=Q(units=0, lot__isnull=True) | (~Q(units=0) & Q(lot__isnull=False)),
                name="ledger_units_have_lot",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=REVERSES, reverses__isnull=False)
                | (~Q(kind__in=REVERSES) & Q(reverses__isnull=True)),
                name="ledger_reversal_has_original",
            ),
            models.CheckConstraint(condition=~Q(reference=""), name="ledger_has_reference"),
        ]
        indexes: ClassVar = [
            models.Index("account", F("id").desc(), name="ledger_of_account"),
            models.Index(
                fields=["ticket"], condition=Q(ticket__isnull=False), name="ledger_of_ticket"
            ),
            models.Index(
                fields=["reverses"], condition=Q(reverses__isnull=False), name="ledger_reversals"
            ),
            models.Index(fields=["provider", "created_at"], name="ledger_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount} {self.currency}, {self.units} tickets"

    @property
    def lapses_at_once(self) -> bool:
        """Whether the tickets this row gave back have expired meanwhile."""
        if self.units <= 0 or self.lot is None or self.lot.expires_at is None:
            return False
        return self.lot.expires_at <= self.created_at
