"""Loads a ticket for an act: only one the actor may see, and nobody else changes it meanwhile."""

from functools import lru_cache

from frontdesk.shared.composed import ComposedRecords, compose_records
from frontdesk.support.access import ClientReach, Reach
from frontdesk.support.marks import (
    NUMBER,
    Shape,
    StaffShape,
    marked_reach,
    marked_staff_reach,
    marks_of,
    shape_of,
    staff_shape_of,
)
from frontdesk.support.models import Ticket

MOST_KEPT = 200


def lock_ticket(reach: Reach, number: int) -> Ticket:
    """Return the ticket, locked until the end of the transaction.

    Raises Ticket.DoesNotExist for one that does not exist for this person.
    """
    if isinstance(reach, ClientReach):
        query = _for_client(shape_of(reach))
    else:
        query = _for_staff(staff_shape_of(reach))
    ticket = query.first({**marks_of(reach), NUMBER: number})
    if ticket is None:
        raise Ticket.DoesNotExist
    return ticket


@lru_cache(maxsize=MOST_KEPT)
def _for_client(shape: Shape) -> ComposedRecords[Ticket]:
    return _locked(marked_reach(shape))


@lru_cache(maxsize=MOST_KEPT)
def _for_staff(shape: StaffShape) -> ComposedRecords[Ticket]:
    return _locked(marked_staff_reach(shape))


def _locked(reach: Reach) -> ComposedRecords[Ticket]:
    return compose_records(Ticket.objects.visible_to(reach).locked().filter(pk=NUMBER))
