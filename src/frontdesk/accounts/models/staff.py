"""A person's place at a provider."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from frontdesk.accounts.models.provider import Provider


class Role(models.TextChoices):
    """What a staff member may do."""

    AGENT = "agent", _("Agent")
    HEAD = "head", _("Head")
    ADMINISTRATOR = "administrator", _("Administrator")


class Staff(models.Model):
    """Someone who answers for a provider. Who leaves is made inactive, never deleted."""

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="staff")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="staff_places")
    role = models.CharField(max_length=13, choices=Role.choices, default=Role.AGENT)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "staff"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["provider", "user"], name="staff_once"),
            models.UniqueConstraint(fields=["id", "provider"], name="staff_of_provider"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} at {self.provider_id}"

    @property
    def sees_all_departments(self) -> bool:
        """Heads and administrators read every ticket of the provider."""
        return self.role in {Role.HEAD, Role.ADMINISTRATOR}

    @property
    def is_administrator(self) -> bool:
        """Only administrators change settings."""
        return self.role == Role.ADMINISTRATOR
