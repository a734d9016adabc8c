"""Takes a recorded event and carries it out to everybody who must hear of it."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from frontdesk.notifications.notify import notify
from frontdesk.shared.wake import wake_after_commit
from frontdesk.support.models import Event
from frontdesk.support.record import DELIVER, LIVE_CHANNEL


@app.task(name=DELIVER, retry=RetryStrategy(max_attempts=10, exponential_wait=2))
def deliver_event(event_id: int) -> None:
    """Write the notifications of an event. Run again after a crash it writes nothing twice."""
    event = Event.objects.select_related("ticket").get(pk=event_id)
    if people := notify(event):
        wake_after_commit(
            LIVE_CHANNEL,
            {
                "event": event.pk,
                "kind": "notified",
                "provider": event.provider_id,
                "ticket": event.ticket_id,
                "users": people,
            },
        )
