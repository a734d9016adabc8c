"""Who else reads or answers a ticket right now."""

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.utils import timezone

from frontdesk.accounts.models import Provider, Staff
from frontdesk.support.models.ticket import Ticket

# A page says it is still there every 15 seconds; two missed and the person has gone.
PRESENCE_LASTS = timedelta(seconds=40)


class PresenceQuerySet(models.QuerySet["Presence"]):
    """Selections of presence."""

    def others(self, *, ticket_id: int, staff_id: int) -> "PresenceQuerySet":
        """Colleagues who are on the ticket now."""
        return self.filter(
            ticket_id=ticket_id, seen_at__gte=timezone.now() - PRESENCE_LASTS
        ).exclude(staff_id=staff_id)


class Presence(models.Model):
    """A staff member on a ticket's page; the table is unlogged, a crash may empty it."""

    provider = models.ForeignKey(
        Provider, models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="+", db_constraint=False)
    staff = models.ForeignKey(Staff, models.CASCADE, related_name="+", db_constraint=False)
    is_writing = models.BooleanField(default=False)
    seen_at = models.DateTimeField()

    objects = PresenceQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ticket", "staff"], name="presence_once")
        ]

    def __str__(self) -> str:
        return f"{self.staff_id} on #{self.ticket_id}"
