"""What staff should know of a client: staff's own, like the notes beside a ticket."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from frontdesk.accounts.models import Account, Provider


class ClientNote(models.Model):
    """What staff tell each other about a client account. No client path imports this."""

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+", db_index=False)
    # No way from an account to its notes, as there is none from a ticket to its own.
    account = models.ForeignKey(
        Account, models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    text = models.TextField()
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(text=""), name="client_note_has_text")
        ]
        indexes: ClassVar = [models.Index(fields=["account", "id"], name="client_note_of_account")]

    def __str__(self) -> str:
        return f"note {self.pk} about {self.account_id}"
