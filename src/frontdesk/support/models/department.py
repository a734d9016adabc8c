"""The group of staff that a client chooses."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from frontdesk.accounts.models import Provider, Staff


class DepartmentQuerySet(models.QuerySet["Department"]):
    """Selections of departments."""

    def offered_to_clients(self) -> "DepartmentQuerySet":
        """Those a client may choose, in the order he sees them."""
        return self.filter(is_visible=True).in_order()

    def in_order(self) -> "DepartmentQuerySet":
        """As the administrator ordered them."""
        return self.order_by("position", "id")


class Department(models.Model):
    """A queue with its people. A hidden one keeps its tickets but takes no new ones."""

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="departments")
    name = models.CharField(_("name"), max_length=60)
    description = models.CharField(_("what clients read"), max_length=160, blank=True)
    hours = models.CharField(_("hours"), max_length=80, blank=True)
    is_visible = models.BooleanField(_("visible to clients"), default=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    staff = models.ManyToManyField(Staff, through="DepartmentSeat", related_name="departments")

    objects = DepartmentQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["provider", "name"], name="department_name_unique"),
            models.UniqueConstraint(fields=["id", "provider"], name="department_of_provider"),
        ]

    def __str__(self) -> str:
        return self.name


class DepartmentSeat(models.Model):
    """A staff member's place in a department; both of one provider, by the database's rule."""

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+")
    department = models.ForeignKey(
        Department, models.CASCADE, related_name="seats", db_constraint=False
    )
    staff = models.ForeignKey(Staff, models.CASCADE, related_name="seats", db_constraint=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["staff", "department"], name="seat_once"),
        ]

    def __str__(self) -> str:
        return f"{self.staff_id} in {self.department_id}"
