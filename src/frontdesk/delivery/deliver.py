"""Takes a recorded event and carries it out to everybody who must hear of it."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from frontdesk.channels.telegram import outbound as telegram
from frontdesk.notifications.notify import notify
from frontdesk.shared.wake import wake_after_commit
from frontdesk.support.models import Event
from frontdesk.support.record import DELIVER, LIVE_CHANNEL


@app.task(name=DELIVER, retry=RetryStrategy(max_attempts=10, exponential_wait=2))
def deliver_event(event_id: int) -> None:
    """Tell everybody on every channel. Run again after a crash it tells nobody twice."""
    event = Event.objects.select_related("ticket", "actor").get(pk=event_id)
    if people := notify(event):
        telegram.queue_event(event, people)
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
