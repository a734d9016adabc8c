"""One public entry of a ticket's thread."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from frontdesk.accounts.models import Provider
from frontdesk.support.channels import Channel
from frontdesk.support.models.ticket import Ticket
from frontdesk.support.statuses import Side


class Message(models.Model):
    """What a client or staff wrote to the other side."""

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+", db_index=False)
    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="messages", db_index=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    side = models.CharField(max_length=6, choices=Side.choices)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    text = models.TextField(blank=True)
    words = SearchVectorField()
    created_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["ticket", "id"], name="message_of_ticket"),
            # Search begins with the newest.
            models.Index(fields=["provider", "id"], name="message_of_provider"),
            # New words wait in a short list first, which each search reads: 256 kB keeps it quick.
            GinIndex(fields=["words"], name="message_words", gin_pending_list_limit=256),
        ]

    def __str__(self) -> str:
        return f"message {self.pk} of #{self.ticket_id}"
