"""How far a person has read a ticket."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from frontdesk.accounts.models import Provider
from frontdesk.support.models.ticket import Ticket


class ReadMark(models.Model):
    """The last message of a ticket that a person has seen."""

    provider = models.ForeignKey(Provider, models.CASCADE, related_name="+", db_index=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False
    )
    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="+", db_index=False)
    message_id = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "ticket"], name="read_mark_once", include=["message_id"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} read #{self.ticket_id}"
