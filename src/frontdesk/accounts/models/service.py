"""Something a client bought."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from frontdesk.accounts.models.account import Account
from frontdesk.accounts.models.provider import Provider


class ServiceKind(models.TextChoices):
    """What sort of thing was bought."""

    VPS = "vps", _("VPS")
    DEDICATED = "dedicated", _("Dedicated server")
    DOMAIN = "domain", _("Domain")
    HOSTING = "hosting", _("Shared hosting")
    OTHER = "other", _("Other")


class ServiceStatus(models.TextChoices):
    """Whether the service runs."""

    ACTIVE = "active", _("Active")
    SUSPENDED = "suspended", _("Suspended")
    ENDED = "ended", _("Ended")


class Service(models.Model):
    """A VPS, server, domain or hosting plan of an account; its id comes from the billing."""

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+")
    account = models.ForeignKey(
        Account, models.CASCADE, related_name="services", db_constraint=False
    )
    external_id = models.CharField(_("service id"), max_length=64)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(max_length=10, choices=ServiceKind.choices, default=ServiceKind.OTHER)
    plan = models.CharField(_("plan"), max_length=120, blank=True)
    status = models.CharField(
        max_length=10, choices=ServiceStatus.choices, default=ServiceStatus.ACTIVE
    )
    expires_on = models.DateField(_("expires"), null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["provider", "external_id"], name="service_id_unique"),
            models.UniqueConstraint(fields=["id", "account"], name="service_of_account"),
        ]
        indexes: ClassVar = [models.Index(fields=["account", "name"], name="service_by_account")]

    def __str__(self) -> str:
        return self.name
