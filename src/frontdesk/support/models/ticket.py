"""The request with its whole thread."""

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from frontdesk.accounts.models import Account, Provider, Service, Staff
from frontdesk.billing.models import LedgerEntry
from frontdesk.billing.summaries import taken_for_opening
from frontdesk.support.channels import Channel
from frontdesk.support.models.department import Department
from frontdesk.support.statuses import OPEN, Side, Status

if TYPE_CHECKING:
    from frontdesk.support.access import Reach

SUBJECT_LENGTH = 120
SNIPPET_LENGTH = 140


class Priority(models.IntegerChoices):
    """How urgent staff find it."""

    LOW = 1, _("Low")
    NORMAL = 2, _("Normal")
    HIGH = 3, _("High")
    URGENT = 4, _("Urgent")


class TicketQuerySet(models.QuerySet["Ticket"]):
    """Selections of tickets; each page begins with `visible_to`."""

    def visible_to(self, reach: "Reach") -> "TicketQuerySet":
        """Only what this person may read; the rest does not exist for him."""
        return self.filter(reach.ticket_filter())

    def locked(self) -> "TicketQuerySet":
        """For an act: nobody else changes them before the end of the transaction.

        Rows that only point to a ticket (drafts, read marks) need not wait meanwhile.
        """
        return self.select_for_update(of=("self",), no_key=True)

    def open(self) -> "TicketQuerySet":
        """Not solved."""
        return self.filter(status__in=OPEN)

    def waiting_for_support(self) -> "TicketQuerySet":
        """Support owes an answer."""
        return self.filter(status=Status.IN_PROGRESS)

    def waiting_for_client(self) -> "TicketQuerySet":
        """Support has answered."""
        return self.filter(status=Status.WAITING_FOR_REPLY)

    def solved(self) -> "TicketQuerySet":
        """Closed, read-only."""
        return self.filter(status=Status.SOLVED)

    def unassigned(self) -> "TicketQuerySet":
        """Open and nobody's."""
        return self.open().filter(assignee__isnull=True)

    def assigned_to(self, staff_id: int) -> "TicketQuerySet":
        """Open and this person's."""
        return self.open().filter(assignee_id=staff_id)

    def oldest_first(self) -> "TicketQuerySet":
        """Who waits longest comes first."""
        return self.order_by("waiting_since", "id")

    def newest_activity_first(self) -> "TicketQuerySet":
        """As a client's list is read."""
        return self.order_by("-last_message_at", "-id")

    def after(self, last_message_at: datetime, number: int) -> "TicketQuerySet":
        """Those that come after this place in the order of newest activity: the next page."""
        return self.filter(
            Q(last_message_at__lt=last_message_at)
            | Q(last_message_at=last_message_at, pk__lt=number),
            # Said again for the index, which does not understand the line above.
            last_message_at__lte=last_message_at,
        )

    def with_unread_mark(self, user_id: int, side: str) -> "TicketQuerySet":
        """Annotate `is_unread`: the other side wrote after this person last looked."""
        from frontdesk.support.models.read_mark import ReadMark

        seen = ReadMark.objects.filter(
            user_id=user_id, ticket_id=OuterRef("pk"), message_id__gte=OuterRef("last_message_id")
        )
        return self.annotate(is_unread=~Q(last_side=side) & ~Exists(seen))


class Ticket(models.Model):
    """A client's request. Its id is its number; the kept fields serve the lists."""

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+", db_index=False)
    account = models.ForeignKey(
        Account, models.PROTECT, related_name="tickets", db_constraint=False, db_index=False
    )
    requester = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="tickets", db_index=False
    )
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="tickets", db_constraint=False, db_index=False
    )
    service = models.ForeignKey(
        Service,
        models.PROTECT,
        related_name="tickets",
        null=True,
        blank=True,
        db_constraint=False,
        db_index=False,
    )
    assignee = models.ForeignKey(
        Staff,
        models.PROTECT,
        related_name="tickets",
        null=True,
        blank=True,
        db_constraint=False,
        db_index=False,
    )
    about = models.ForeignKey(
        "self", models.PROTECT, related_name="followers", null=True, blank=True, db_index=False
    )
    subject = models.CharField(max_length=SUBJECT_LENGTH)
    status = models.CharField(max_length=17, choices=Status.choices)
    priority = models.PositiveSmallIntegerField(choices=Priority.choices, default=Priority.NORMAL)
    tags: "ArrayField[list[str], list[str]]" = ArrayField(
        models.CharField(max_length=30), default=list, blank=True
    )
    channel = models.CharField(max_length=8, choices=Channel.choices)
    created_at = models.DateTimeField()
    solved_at = models.DateTimeField(null=True, blank=True)
    waiting_since = models.DateTimeField(
        null=True,
        blank=True,
        help_text="Since when support owes an answer; empty when it does not.",
    )
    last_message_at = models.DateTimeField()
    last_message_id = models.BigIntegerField()
    last_author_id = models.BigIntegerField(help_text="Who wrote the last message.")
    last_side = models.CharField(max_length=6, choices=Side.choices)
    last_snippet = models.CharField(max_length=SNIPPET_LENGTH, blank=True)
    message_count = models.PositiveIntegerField(default=1)

    objects = TicketQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="ticket_status_is_one_of_three"
            ),
            models.CheckConstraint(
                condition=Q(status=Status.SOLVED, solved_at__isnull=False)
                | (~Q(status=Status.SOLVED) & Q(solved_at__isnull=True)),
                name="ticket_solved_has_time",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.IN_PROGRESS, waiting_since__isnull=False)
                | (~Q(status=Status.IN_PROGRESS) & Q(waiting_since__isnull=True)),
                name="ticket_waits_while_in_progress",
            ),
            models.CheckConstraint(condition=~Q(subject=""), name="ticket_has_subject"),
        ]
        indexes: ClassVar = [
            models.Index(
                "provider",
                "account",
                F("last_message_at").desc(),
                F("id").desc(),
                name="ticket_of_account",
            ),
            # The few open ones of an account with thousands of solved ones, and its counters.
            models.Index(
                "provider",
                "account",
                "status",
                F("last_message_at").desc(),
                F("id").desc(),
                name="ticket_of_account_status",
            ),
            # What goes on with a ticket.
            models.Index(fields=["about"], name="ticket_about", condition=Q(about__isnull=False)),
            # What was asked about a service.
            models.Index(
                "service",
                F("last_message_at").desc(),
                F("id").desc(),
                name="ticket_of_service",
                condition=Q(service__isnull=False),
            ),
            # Of a member who sees his own tickets only, in an account that may have very many.
            models.Index(
                "provider",
                "requester",
                F("last_message_at").desc(),
                F("id").desc(),
                name="ticket_of_requester",
            ),
            models.Index(
                "provider", F("last_message_at").desc(), F("id").desc(), name="ticket_by_activity"
            ),
            models.Index(
                fields=["provider", "waiting_since", "id"],
                name="ticket_needs_reply",
                condition=Q(status=Status.IN_PROGRESS),
            ),
            models.Index(
                fields=["provider", "department", "waiting_since", "id"],
                name="ticket_needs_reply_dept",
                condition=Q(status=Status.IN_PROGRESS),
            ),
            models.Index(
                "provider",
                "department",
                F("last_message_at").desc(),
                F("id").desc(),
                name="ticket_of_department",
            ),
            # With all that the counters of the desk ask of a ticket.
            models.Index(
                fields=["provider", "-last_message_at", "-id"],
                include=["department"],
                name="ticket_waits_for_client",
                condition=Q(status=Status.WAITING_FOR_REPLY),
            ),
            models.Index(
                fields=["provider", "assignee", "-last_message_at", "-id"],
                include=["department", "status"],
                name="ticket_of_assignee",
                condition=~Q(status=Status.SOLVED),
            ),
            models.Index(
                fields=["provider", "-last_message_at", "-id"],
                include=["department", "status"],
                name="ticket_unassigned",
                condition=Q(assignee__isnull=True) & ~Q(status=Status.SOLVED),
            ),
            GinIndex(fields=["tags"], name="ticket_tags", condition=~Q(tags=[])),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.subject}"

    @property
    def number(self) -> int:
        """The number people name it by: its id."""
        return self.pk

    @property
    def is_solved(self) -> bool:
        """Closed, for good."""
        return self.status == Status.SOLVED

    @property
    def is_waiting_for_client(self) -> bool:
        """Support has answered."""
        return self.status == Status.WAITING_FOR_REPLY

    @cached_property
    def opening_entry(self) -> LedgerEntry | None:
        """What opening it took, if anything; who has just opened it knows without a query."""
        return taken_for_opening(provider_id=self.provider_id, ticket_id=self.pk)
