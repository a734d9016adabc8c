"""The rows of a person's Notifications section."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from frontdesk.accounts.models import Provider
from frontdesk.support.models import Event, EventKind, Ticket


class NotificationQuerySet(models.QuerySet["Notification"]):
    """Selections of notifications."""

    def of(self, *, user_id: int, provider_id: int) -> "NotificationQuerySet":
        """One person's rows at one provider, newest first."""
        return self.filter(user_id=user_id, provider_id=provider_id).order_by("-id")

    def unread(self) -> "NotificationQuerySet":
        """Not looked at yet."""
        return self.filter(read_at__isnull=True)


class Notification(models.Model):
    """Tells a person of one event."""

    provider = models.ForeignKey(Provider, models.CASCADE, related_name="+", db_index=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications", db_index=False
    )
    event = models.ForeignKey(Event, models.PROTECT, related_name="+", db_index=False)
    ticket = models.ForeignKey(
        Ticket, models.CASCADE, related_name="+", null=True, blank=True, db_index=False
    )
    kind = models.CharField(max_length=24, choices=EventKind.choices)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "user"], name="notification_once")
        ]
        indexes: ClassVar = [
            models.Index("user", "provider", F("id").desc(), name="notification_of_user"),
            models.Index(
                fields=["user", "provider", "ticket"],
                name="notification_unread",
                condition=Q(read_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.user_id}"
