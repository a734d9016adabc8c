"""What happened, by whom, through which channel: append-only."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from frontdesk.accounts.models import Provider
from frontdesk.support.channels import Channel
from frontdesk.support.models.ticket import Ticket


class EventKind(models.TextChoices):
    """What can happen. The words people read are made where they are shown."""

    TICKET_OPENED = "ticket_opened"
    CLIENT_REPLIED = "client_replied"
    STAFF_REPLIED = "staff_replied"
    NOTE_ADDED = "note_added"
    TICKET_TAKEN = "ticket_taken"
    TICKET_ASSIGNED = "ticket_assigned"
    TICKET_TRANSFERRED = "ticket_transferred"
    PRIORITY_SET = "priority_set"
    TAGS_SET = "tags_set"
    TICKET_CLOSED = "ticket_closed"
    SETTINGS_CHANGED = "settings_changed"
    TOPPED_UP = "topped_up"
    TICKETS_GRANTED = "tickets_granted"
    GIFT_GIVEN = "gift_given"
    PLAN_RENEWED = "plan_renewed"
    PACKAGE_BOUGHT = "package_bought"
    CHARGED = "charged"
    REFUNDED = "refunded"
    CORRECTED = "corrected"
    TICKETS_LAPSE_SOON = "tickets_lapse_soon"
    TICKETS_LAPSED = "tickets_lapsed"


# What moved, or is about to: told to the owners of the account, whether a ticket is named or not.
ABOUT_MONEY = frozenset(
    {
        EventKind.TOPPED_UP,
        EventKind.TICKETS_GRANTED,
        EventKind.GIFT_GIVEN,
        EventKind.PLAN_RENEWED,
        EventKind.PACKAGE_BOUGHT,
        EventKind.CHARGED,
        EventKind.REFUNDED,
        EventKind.CORRECTED,
        EventKind.TICKETS_LAPSE_SOON,
        EventKind.TICKETS_LAPSED,
    }
)


# What a client may learn of; the rest is the desk's own affair.
SEEN_BY_CLIENTS = frozenset(
    {
        EventKind.TICKET_OPENED,
        EventKind.CLIENT_REPLIED,
        EventKind.STAFF_REPLIED,
        EventKind.TICKET_TRANSFERRED,
        EventKind.TICKET_CLOSED,
        EventKind.CHARGED,
        EventKind.REFUNDED,
    }
)


class Event(models.Model):
    """One fact. `data` holds ids and codes, never text or names; a trigger refuses changes."""

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+", db_index=False)
    ticket = models.ForeignKey(
        Ticket, models.PROTECT, related_name="events", null=True, blank=True, db_index=False
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        db_index=False,
    )
    kind = models.CharField(max_length=24, choices=EventKind.choices)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    address = models.GenericIPAddressField(null=True, blank=True)
    data = models.JSONField(default=dict)
    created_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["ticket", "id"],
                name="event_of_ticket",
                condition=models.Q(ticket__isnull=False),
            ),
            BrinIndex(fields=["created_at"], name="event_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.ticket_id}"
