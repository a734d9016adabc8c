"""An internal note: staff's own, another thing than a message, so nobody can forget a flag."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from frontdesk.accounts.models import Provider
from frontdesk.support.models.ticket import Ticket


class Note(models.Model):
    """What staff tell each other beside a ticket. No client path imports this."""

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+", db_index=False)
    # No way from a ticket to its notes: who wants them imports this, which client rooms may not.
    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="+", db_index=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    text = models.TextField()
    words = SearchVectorField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(text=""), name="note_has_text")
        ]
        indexes: ClassVar = [
            models.Index(fields=["ticket", "id"], name="note_of_ticket"),
            # Search begins with the newest.
            models.Index(fields=["provider", "id"], name="note_of_provider"),
            GinIndex(fields=["words"], name="note_words", gin_pending_list_limit=256),
        ]

    def __str__(self) -> str:
        return f"note {self.pk} on #{self.ticket_id}"
