"""Writes what happened: one event a change, in the same transaction, and its delivery."""

from typing import Any

from django.utils import timezone

from frontdesk.shared.jobs import defer
from frontdesk.shared.wake import wake_after_commit
from frontdesk.support.actor import Actor
from frontdesk.support.models import Event, EventKind, Ticket
from frontdesk.support.models.event import SEEN_BY_CLIENTS

# Named, not imported: the core knows that events are delivered, not how.
DELIVER = "deliver_event"
DELIVERY_QUEUE = "delivery"
LIVE_CHANNEL = "frontdesk_live"


def record(
    kind: EventKind, *, by: Actor, ticket: Ticket | None = None, data: dict[str, Any] | None = None
) -> Event:
    """Write an event and defer its delivery; both are gone if the transaction is.

    `data` holds ids and codes, never text or names, so that a person can be erased.
    """
    event = Event.objects.create(
        provider_id=by.provider_id,
        ticket=ticket,
        actor_id=by.user.pk,
        kind=kind,
        channel=by.channel,
        address=by.address,
        data=data or {},
        created_at=timezone.now(),
    )
    if ticket is not None:
        defer(DELIVER, queue=DELIVERY_QUEUE, event_id=event.pk)
        announce(ticket, kind=kind, event_id=event.pk, by=by)
    return event


def announce(ticket: Ticket, *, kind: str, event_id: int | None, by: Actor) -> None:
    """Tell open pages that the ticket changed: ids only, each page fetches with its own rights.

    What is `staff_only` is not even hinted at to a client.
    """
    wake_after_commit(
        LIVE_CHANNEL,
        {
            "event": event_id,
            "staff_only": kind not in SEEN_BY_CLIENTS,
            "kind": kind,
            "provider": ticket.provider_id,
            "ticket": ticket.pk,
            "account": ticket.account_id,
            "requester": ticket.requester_id,
            "department": ticket.department_id,
            "actor": by.user.pk,
        },
    )
