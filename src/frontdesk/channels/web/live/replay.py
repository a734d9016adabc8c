"""What a page missed while its stream was cut."""

from datetime import timedelta

from django.db.models import Max, Q

from frontdesk.channels.web.live.audience import Audience
from frontdesk.channels.web.live.frames import RESET, frame
from frontdesk.notifications.models import Notification
from frontdesk.support.models import Event, Ticket
from frontdesk.support.models.event import SEEN_BY_CLIENTS

MOST_MISSED = 50
# Of all providers together; beyond this, looking costs more than fetching the page again.
WIDEST_LOOK = 5_000
# Numbers are given before the commit: a lower one may have become visible after a higher.
OVERLAP, OVERLAP_EVENTS = timedelta(seconds=5), 200


def missed(audience: Audience, last_event_id: int) -> list[bytes]:
    """Return the frames of what this reader missed after an event, or one `reset`."""
    newest = Event.objects.aggregate(newest=Max("pk"))["newest"] or 0
    last = Event.objects.filter(pk=last_event_id).values_list("created_at", flat=True).first()
    if last is None or newest - last_event_id > WIDEST_LOOK:
        return [RESET]
    after = Q(pk__gt=last_event_id) | Q(
        pk__gt=last_event_id - OVERLAP_EVENTS,
        pk__lt=last_event_id,
        created_at__gte=last - OVERLAP,
    )
    events = (
        Event.objects.filter(after, _heard_by(audience), provider_id=audience.provider_id)
        .filter(pk__gt=last_event_id - OVERLAP_EVENTS)
        .order_by("pk")
        .values_list("pk", "kind", "ticket_id")[: MOST_MISSED + 1]
    )
    frames = [frame(kind, ticket=ticket_id, event=pk) for pk, kind, ticket_id in events]
    if len(frames) > MOST_MISSED:
        return [RESET]
    return frames + _notified(audience, last_event_id)


def _heard_by(audience: Audience) -> Q:
    heard = Q(pk__in=[])
    if audience.staff:
        tickets = Ticket.objects.visible_to(audience.staff)
        heard |= Q(ticket__in=tickets.values("pk"))
    if audience.client:
        tickets = Ticket.objects.visible_to(audience.client)
        heard |= Q(ticket__in=tickets.values("pk"), kind__in=SEEN_BY_CLIENTS)
    return heard


def _notified(audience: Audience, last_event_id: int) -> list[bytes]:
    newer = Notification.objects.of(
        user_id=audience.user_id, provider_id=audience.provider_id
    ).filter(event_id__gt=last_event_id)
    newest = newer.values_list("ticket_id").first()  # what moved money may name no ticket
    return [frame("notified", ticket=newest[0])] if newest else []
