"""An administrator changes the order in which clients see departments."""

from django.db import transaction

from frontdesk.support.actor import Actor
from frontdesk.support.models import Department
from frontdesk.support.settings import need_administrator, record_setting


def move_department(*, by: Actor, department_id: int, steps: int) -> None:
    """Move a department up (less than 0) or down among the others; beyond the end is the end.

    Raises NotAllowed or Department.DoesNotExist.
    """
    need_administrator(by)
    with transaction.atomic():
        rows = list(
            Department.objects.filter(provider_id=by.provider_id)
            .in_order()
            .select_for_update(no_key=True)
        )
        was = next((at for at, row in enumerate(rows) if row.pk == department_id), None)
        if was is None:
            raise Department.DoesNotExist
        moved = rows.pop(was)
        rows.insert(max(0, was + steps), moved)
        for position, row in enumerate(rows, start=1):
            row.position = position
        Department.objects.bulk_update(rows, ["position"])
        record_setting("department", department_id, "moved", by=by)
