"""Who must hear of an event."""

from django.db.models import Q

from frontdesk.accounts.models import Member
from frontdesk.accounts.models.account import Right
from frontdesk.support.models import Event, EventKind, Message
from frontdesk.support.models.event import ABOUT_MONEY
from frontdesk.support.statuses import Side

# What a client wants to know of: what the other side did to his ticket. Notes, takes and
# transfers are the desk's own affair.
TOLD_TO_CLIENTS = frozenset(
    {EventKind.TICKET_OPENED, EventKind.STAFF_REPLIED, EventKind.TICKET_CLOSED}
)


def recipients(event: Event) -> list[int]:
    """Return the ids of the users who get a row for this event.

    Of a ticket: its requester, and the members of the account who wrote in it and still may read
    it. Of money and allowance: the owners of the account. Nobody hears of what he did himself,
    but where money left the balance: that is the owner's receipt.
    """
    if event.kind in ABOUT_MONEY or "account" in event.data:
        return _payers(event)
    ticket = event.ticket
    if ticket is None or event.kind not in TOLD_TO_CLIENTS:
        return []
    wrote = Message.objects.filter(ticket=ticket, side=Side.CLIENT).values("author_id")
    readers = Member.objects.filter(account_id=ticket.account_id, user__is_active=True).filter(
        Q(user_id=ticket.requester_id) | Q(right=Right.ALL, user_id__in=wrote)
    )
    people = readers.values_list("user_id", flat=True)
    return [user_id for user_id in people if user_id != event.actor_id]


def _payers(event: Event) -> list[int]:
    owners = Member.objects.filter(
        account_id=event.data["account"],
        provider_id=event.provider_id,
        is_owner=True,
        user__is_active=True,
    )
    if event.actor_id is not None and not event.data["amount"].startswith("-"):
        owners = owners.exclude(user_id=event.actor_id)
    return list(owners.values_list("user_id", flat=True))
