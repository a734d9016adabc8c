"""Ready answers of staff."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from frontdesk.accounts.models import Provider, Staff
from frontdesk.support.models.department import Department


class CannedReplyQuerySet(models.QuerySet["CannedReply"]):
    """Selections of canned replies."""

    def usable_by(self, staff_id: int, department_id: int) -> "CannedReplyQuerySet":
        """Everybody's, this department's, and one's own."""
        return self.filter(
            models.Q(department__isnull=True, owner__isnull=True)
            | models.Q(department_id=department_id)
            | models.Q(owner_id=staff_id)
        ).order_by("title", "id")


class CannedReply(models.Model):
    """A saved answer: everybody's, a department's, or one person's."""

    provider = models.ForeignKey(Provider, models.CASCADE, related_name="canned_replies")
    department = models.ForeignKey(
        Department, models.CASCADE, related_name="+", null=True, blank=True, db_constraint=False
    )
    owner = models.ForeignKey(
        Staff, models.CASCADE, related_name="+", null=True, blank=True, db_constraint=False
    )
    title = models.CharField(_("title"), max_length=80)
    text = models.TextField(_("text"))

    objects = CannedReplyQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["provider", "department", "owner", "title"],
                name="canned_title_unique",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return self.title
