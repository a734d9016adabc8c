"""A list of services that was uploaded and looked at, and perhaps imported."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from frontdesk.accounts.models import Provider


class ServiceImport(models.Model):
    """The file between its preview and its import, which happens once."""

    provider = models.ForeignKey(Provider, models.CASCADE, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    name = models.CharField(max_length=120)
    content = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True, blank=True)
    created_count = models.PositiveIntegerField(default=0)
    changed_count = models.PositiveIntegerField(default=0)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["created_at"], name="service_import_by_age")]

    def __str__(self) -> str:
        return f"import {self.pk}"
