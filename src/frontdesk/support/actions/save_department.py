"""An administrator makes or changes a department."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Max

from frontdesk.accounts.models import Staff
from frontdesk.support import errors
from frontdesk.support.actions.free_tickets import free_tickets
from frontdesk.support.actor import Actor
from frontdesk.support.models import Department, DepartmentSeat
from frontdesk.support.settings import need_administrator, one_line, record_setting

NAME_LENGTH = 60
DESCRIPTION_LENGTH = 160
HOURS_LENGTH = 80


@dataclass(frozen=True, slots=True)
class DepartmentChange:
    """What a department is; a hidden one keeps its tickets and takes no new ones of clients."""

    name: str
    description: str = ""
    hours: str = ""
    is_visible: bool = True
    staff_ids: frozenset[int] = frozenset()


def save_department(
    *, by: Actor, change: DepartmentChange, department_id: int | None = None
) -> Department:
    """Save a department of the provider, a new one without an id, and return it.

    Raises NotAllowed, Department.DoesNotExist or BadValue.
    """
    need_administrator(by)
    fields = {
        "name": one_line("name", change.name, most=NAME_LENGTH),
        "description": one_line(
            "description", change.description, most=DESCRIPTION_LENGTH, may_be_empty=True
        ),
        "hours": one_line("hours", change.hours, most=HOURS_LENGTH, may_be_empty=True),
        "is_visible": change.is_visible,
    }
    same = Department.objects.filter(provider_id=by.provider_id, name__iexact=fields["name"])
    if same.exclude(pk=department_id or 0).exists():  # "sales" beside "Sales" helps nobody
        raise errors.BadValue("name", errors.BadValue.TAKEN)
    try:
        with transaction.atomic():
            department = _load(by, department_id)
            for name, value in fields.items():
                setattr(department, name, value)
            department.save()
            _seat(department, change.staff_ids, by=by)
            act = "changed" if department_id else "created"
            record_setting("department", department.pk, act, by=by)
            return department
    except IntegrityError as error:
        if "department_name_unique" in str(error):
            raise errors.BadValue("name", errors.BadValue.TAKEN) from None
        raise


def _load(by: Actor, department_id: int | None) -> Department:
    own = Department.objects.filter(provider_id=by.provider_id)
    if department_id is not None:
        return own.select_for_update(no_key=True).get(pk=department_id)
    last = own.aggregate(last=Max("position"))["last"] or 0
    return Department(provider_id=by.provider_id, position=last + 1)


def _seat(department: Department, staff_ids: frozenset[int], *, by: Actor) -> None:
    """Seat exactly these; who lost his seat keeps no open ticket that he cannot read."""
    seats = DepartmentSeat.objects.filter(department=department)
    seated = set(seats.values_list("staff_id", flat=True))
    known = Staff.objects.filter(provider_id=by.provider_id, pk__in=staff_ids)
    wanted = set(known.values_list("pk", flat=True))
    seats.filter(staff_id__in=seated - wanted).delete()
    DepartmentSeat.objects.bulk_create(
        DepartmentSeat(provider_id=by.provider_id, department=department, staff_id=pk)
        for pk in sorted(wanted - seated)
    )
    for staff in Staff.objects.filter(pk__in=seated - wanted):
        free_tickets(by=by, staff=staff)
