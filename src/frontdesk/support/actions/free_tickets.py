"""Open tickets of someone who may no longer read them become nobody's."""

from frontdesk.accounts.models import Staff
from frontdesk.support.access import StaffReach
from frontdesk.support.actions.assign import assign
from frontdesk.support.actor import Actor
from frontdesk.support.models import DepartmentSeat, Ticket


def free_tickets(*, by: Actor, staff: Staff) -> int:
    """Take this staff member's open tickets from him where he lost the right; return how many.

    Called inside the transaction that changed his rights.
    """
    lost = Ticket.objects.visible_to(by.staff).open().filter(assignee=staff)
    if staff.is_active:
        seats = DepartmentSeat.objects.filter(staff=staff).values_list("department_id", flat=True)
        readable = Ticket.objects.visible_to(StaffReach.of(staff, seats))
        lost = lost.exclude(pk__in=readable.values("pk"))
    numbers = list(lost.values_list("pk", flat=True))
    for number in numbers:
        assign(by=by, number=number, staff_id=None)
    return len(numbers)
