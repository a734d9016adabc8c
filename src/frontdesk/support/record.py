"""Writes what happened: one event a change, in the same transaction, and its delivery."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from frontdesk.shared.composed import Composed
from frontdesk.shared.jobs import DEFERRED, wake_worker
from frontdesk.shared.wake import wake_after_commit
from frontdesk.shared.writing import inserting, rows_of_steps
from frontdesk.support.actor import Actor
from frontdesk.support.channels import Channel
from frontdesk.support.models import Event, EventKind, Ticket
from frontdesk.support.models.event import ABOUT_MONEY, SEEN_BY_CLIENTS

# Named, not imported: the core knows that events are delivered, not how.
DELIVER = "deliver_event"
DELIVERY_QUEUE = "delivery"
_JOB = DEFERRED.format(
    queue=f"'{DELIVERY_QUEUE}'",
    task=f"'{DELIVER}'",
    arguments="jsonb_build_object('event_id', id)",
)
# The job of an event's delivery, in the statement that writes it.
AND_DEFER = f"SELECT id, {_JOB} FROM last"  # noqa: S608 - all ours
LIVE_CHANNEL = "frontdesk_live"


def record(
    kind: EventKind,
    *,
    by: Actor,
    ticket: Ticket | None = None,
    data: dict[str, Any] | None = None,
    writes: Sequence[Composed] = (),
) -> Event:
    """Write an event and defer its delivery; both are gone if the transaction is.

    `data` holds ids and codes, never text or names, so that a person can be erased. `writes` is
    what the event tells of, where that is still to be written: all of it goes in one statement.
    """
    event = Event(
        provider_id=by.provider_id,
        ticket=ticket,
        actor_id=by.user.pk,
        kind=kind,
        channel=by.channel,
        address=by.address,
        data=data or {},
    )
    return _write(event, writes)


def record_by_program(
    kind: EventKind,
    *,
    provider_id: int,
    ticket: Ticket | None = None,
    data: dict[str, Any] | None = None,
) -> Event:
    """Write an event that nobody caused but the clock; else as `record`."""
    event = Event(
        provider_id=provider_id, ticket=ticket, kind=kind, channel=Channel.SYSTEM, data=data or {}
    )
    return _write(event)


def _write(event: Event, writes: Sequence[Composed] = ()) -> Event:
    event.created_at = timezone.now()
    steps = [*writes, inserting(event)]
    if event.ticket is None and event.kind not in ABOUT_MONEY:
        [(event.pk,)] = rows_of_steps(steps, "SELECT id FROM last")
        return event
    [(event.pk, job_id)] = rows_of_steps(steps, AND_DEFER)
    wake_worker(job_id)
    if event.ticket is not None:
        announce(event.ticket, kind=event.kind, event_id=event.pk, actor_id=event.actor_id)
    return event


def announce(ticket: Ticket, *, kind: str, event_id: int | None, actor_id: int | None) -> None:
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
            "actor": actor_id,
        },
    )
