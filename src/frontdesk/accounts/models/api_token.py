"""What a provider's own programs sign in with."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from frontdesk.accounts.models.provider import Provider


class Scope(models.TextChoices):
    """What a token may be used for."""

    ACCOUNTS_READ = "accounts:read", _("Read accounts, balances and available tickets")
    ACCOUNTS_WRITE = "accounts:write", _("Create and change accounts, invite members")
    SERVICES_WRITE = "services:write", _("Create and change services")
    LEDGER_READ = "ledger:read", _("Read ledgers")
    BALANCE_WRITE = "balance:write", _("Top up balances")
    ALLOWANCE_WRITE = "allowance:write", _("Grant tickets")


class TokenQuerySet(models.QuerySet["ApiToken"]):
    """Selections of tokens."""

    def working(self) -> "TokenQuerySet":
        """Not revoked, and made by somebody who is an administrator of the provider still."""
        maker = Q(
            made_by__is_active=True,
            made_by__staff_places__provider=models.F("provider"),
            made_by__staff_places__is_active=True,
            made_by__staff_places__role="administrator",
        )
        return self.filter(maker, revoked_at__isnull=True)


class ApiToken(models.Model):
    """A token of a provider. Only its hash is kept; `start` are its first letters, to tell it by.

    It acts with its maker's rights, as far as its scopes go, and ends with them.
    """

    provider = models.ForeignKey(Provider, models.CASCADE, related_name="api_tokens")
    name = models.CharField(_("name"), max_length=60)
    scopes: "ArrayField[list[str], list[str]]" = ArrayField(models.CharField(max_length=20))
    start = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )

    objects = TokenQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(scopes=[]), name="api_token_may_something"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.start}…)"

    def allows(self, scope: str) -> bool:
        """Whether the token may be used for this."""
        return scope in self.scopes

    def was_used_since(self, moment: datetime) -> bool:
        """Whether its last use is noted as of this moment or later."""
        return self.last_used_at is not None and self.last_used_at >= moment
