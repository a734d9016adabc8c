"""Lets one text of a query serve everybody: what a person may reach stands in it as marks."""

from itertools import chain

from frontdesk.accounts.models.staff import Role
from frontdesk.shared.composed import SOME_NUMBER
from frontdesk.support.access import ClientReach, Reach, StaffReach

PROVIDER, READER, STAFF, NUMBER, FIRST_ACCOUNT = range(
    SOME_NUMBER - 2_000_004, SOME_NUMBER - 1_999_999
)
FIRST_DEPARTMENT = SOME_NUMBER - 1_000_000

# How many accounts a client sees all tickets of, and of how many only his own.
Shape = tuple[int, int]
# In how many departments staff sit; None for who reaches them all.
StaffShape = int | None


def shape_of(reach: ClientReach) -> Shape:
    """Return what of a client's reach belongs to the text of a query."""
    return len(reach.all_accounts), len(reach.own_accounts)


def staff_shape_of(reach: StaffReach) -> StaffShape:
    """Return what of a reach of staff belongs to the text of a query."""
    return None if reach.department_ids is None else len(reach.department_ids)


def marked_reach(shape: Shape) -> ClientReach:
    """Return a reach of this shape that is made of marks."""
    whole, own = shape
    accounts = range(FIRST_ACCOUNT, FIRST_ACCOUNT + whole + own)
    return ClientReach(
        provider_id=PROVIDER,
        user_id=READER,
        all_accounts=frozenset(accounts[:whole]),
        own_accounts=frozenset(accounts[whole:]),
    )


def marked_staff_reach(shape: StaffShape) -> StaffReach:
    """Return a reach of this shape that is made of marks."""
    departments = None if shape is None else range(FIRST_DEPARTMENT, FIRST_DEPARTMENT + shape)
    return StaffReach(
        provider_id=PROVIDER,
        user_id=READER,
        staff_id=STAFF,
        role=Role.AGENT,
        department_ids=None if departments is None else frozenset(departments),
    )


def marks_of(reach: Reach) -> dict[object, object]:
    """Return what stands for each mark of a marked reach."""
    marks: dict[object, object] = {PROVIDER: reach.provider_id, READER: reach.user_id}
    if isinstance(reach, StaffReach):
        departments = enumerate(reach.department_ids or (), FIRST_DEPARTMENT)
        return {**marks, STAFF: reach.staff_id, **dict(departments)}
    accounts = enumerate(chain(reach.all_accounts, reach.own_accounts), FIRST_ACCOUNT)
    return {**marks, **dict(accounts)}
