"""What a person has typed and not sent yet."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from frontdesk.accounts.models import Provider
from frontdesk.support.models.once import KEY_LENGTH
from frontdesk.support.models.ticket import Ticket


class DraftKind(models.TextChoices):
    """Which form it belongs to."""

    TICKET = "ticket"
    REPLY = "reply"
    NOTE = "note"


class Draft(models.Model):
    """The unsent text of one form; `key` is the form's, so the uploads are found again."""

    provider = models.ForeignKey(Provider, models.CASCADE, related_name="+", db_index=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False
    )
    ticket = models.ForeignKey(
        Ticket, models.CASCADE, related_name="+", null=True, blank=True, db_index=False
    )
    kind = models.CharField(max_length=6, choices=DraftKind.choices)
    key = models.CharField(max_length=KEY_LENGTH)
    text = models.TextField(blank=True)
    choices = models.JSONField(default=dict, help_text="Ids chosen in the form.")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "provider", "kind", "ticket"],
                name="draft_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.user_id}"
