"""An administrator changes what a staff member may do."""

from dataclasses import dataclass

from django.db import transaction

from frontdesk.accounts.models import Staff
from frontdesk.accounts.models.staff import Role
from frontdesk.support import errors
from frontdesk.support.actions.free_tickets import free_tickets
from frontdesk.support.actor import Actor
from frontdesk.support.models import Department, DepartmentSeat
from frontdesk.support.settings import need_administrator, record_setting


@dataclass(frozen=True, slots=True)
class StaffChange:
    """A staff member's role and departments; who is not active cannot come in any more."""

    role: str
    department_ids: frozenset[int] = frozenset()
    is_active: bool = True


def save_staff(*, by: Actor, staff_id: int, change: StaffChange) -> Staff:
    """Save a staff member of the provider and return him.

    His open tickets that he may no longer read become nobody's. Raises NotAllowed,
    Staff.DoesNotExist, or BadValue; one administrator always stays.
    """
    need_administrator(by)
    if change.role not in Role.values:
        raise errors.BadValue("role", errors.BadValue.UNKNOWN)
    with transaction.atomic():
        staff = _lock_with_administrators(by, staff_id)
        staff.role, staff.is_active = change.role, change.is_active
        staff.save(update_fields=["role", "is_active"])
        seat_in(staff, change.department_ids)
        free_tickets(by=by, staff=staff)
        _keep_one_administrator(by)
        record_setting("staff", staff.pk, change.role if change.is_active else "left", by=by)
        return staff


def seat_in(staff: Staff, department_ids: frozenset[int]) -> None:
    """Seat a staff member in exactly these departments of his provider."""
    own = Department.objects.filter(provider_id=staff.provider_id, pk__in=department_ids)
    wanted = set(own.values_list("pk", flat=True))
    seats = DepartmentSeat.objects.filter(staff=staff)
    seated = set(seats.values_list("department_id", flat=True))
    seats.filter(department_id__in=seated - wanted).delete()
    DepartmentSeat.objects.bulk_create(
        DepartmentSeat(provider_id=staff.provider_id, staff=staff, department_id=pk)
        for pk in sorted(wanted - seated)
    )


def _lock_with_administrators(by: Actor, staff_id: int) -> Staff:
    """Lock all administrators too: two who demote each other at once must not both succeed."""
    rows = Staff.objects.filter(provider_id=by.provider_id).select_related("user")
    locked = rows.select_for_update(of=("self",), no_key=True).order_by("pk")
    administrators = list(locked.filter(role=Role.ADMINISTRATOR))
    return next((row for row in administrators if row.pk == staff_id), None) or locked.get(
        pk=staff_id
    )


def _keep_one_administrator(by: Actor) -> None:
    administrators = Staff.objects.filter(
        provider_id=by.provider_id, role=Role.ADMINISTRATOR, is_active=True
    )
    if not administrators.exists():
        raise errors.BadValue("role", errors.BadValue.LAST_ADMINISTRATOR)
