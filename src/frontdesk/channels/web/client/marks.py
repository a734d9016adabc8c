"""Lets one text of a query serve every client: his reach stands in it as marks."""

from itertools import chain

from frontdesk.shared.composed import SOME_NUMBER
from frontdesk.support.access import ClientReach

PROVIDER, READER, NUMBER, FIRST_ACCOUNT = range(SOME_NUMBER - 1_000_003, SOME_NUMBER - 999_999)

# How many accounts the reader sees all tickets of, and of how many only his own.
Shape = tuple[int, int]


def shape_of(reach: ClientReach) -> Shape:
    """Return what of a reach belongs to the text of a query."""
    return len(reach.all_accounts), len(reach.own_accounts)


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


def marks_of(reach: ClientReach) -> dict[object, object]:
    """Return what stands for each mark of `marked_reach`."""
    accounts = enumerate(chain(reach.all_accounts, reach.own_accounts), FIRST_ACCOUNT)
    return {PROVIDER: reach.provider_id, READER: reach.user_id, **dict(accounts)}
