"""When a department is open and how soon it answers, and what was promised to a ticket."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from frontdesk.accounts.models import Provider
from frontdesk.support.models.department import Department
from frontdesk.support.models.ticket import Ticket
from frontdesk.support.opening_hours import OpeningHours, zone_of


class Schedule(models.Model):
    """A department's hours in its own time zone. One without a row promises nothing.

    `week` holds seven days from Monday, each a list of pairs of minutes after midnight;
    `answer_within` is in minutes of open time, and empty where none is promised.
    """

    provider = models.ForeignKey(Provider, models.CASCADE, related_name="+")
    department = models.OneToOneField(
        Department, models.CASCADE, primary_key=True, related_name="schedule", db_constraint=False
    )
    time_zone = models.CharField(max_length=64)
    week: "models.JSONField[Any, Any]" = models.JSONField()
    holidays: "ArrayField[Any, Any]" = ArrayField(models.DateField(), default=list, blank=True)
    answer_within = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(answer_within__isnull=True) | Q(answer_within__gt=0),
                name="schedule_promise_is_positive",
            ),
        ]

    def __str__(self) -> str:
        return f"hours of {self.department_id}"

    @property
    def hours(self) -> OpeningHours:
        """The hours as one can count with them."""
        week = tuple(tuple((start, end) for start, end in day) for day in self.week)
        return OpeningHours(zone_of(self.time_zone), week, frozenset(self.holidays))


class AnswerPromise(models.Model):
    """Until when a paid ticket was to be answered, or what it took is given back.

    Written when the ticket is opened: what is changed later in the hours changes no promise.
    `settled_at` is empty until it is known whether the promise was kept.
    """

    ticket = models.OneToOneField(
        Ticket, models.CASCADE, primary_key=True, related_name="answer_promise"
    )
    provider = models.ForeignKey(Provider, models.CASCADE, related_name="+", db_index=False)
    due_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["due_at"], name="promise_to_settle", condition=Q(settled_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"answer to #{self.ticket_id} by {self.due_at}"
