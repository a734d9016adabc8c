"""Writes the rows of the Notifications section."""

from django.db.models.functions import Now

from frontdesk.notifications.models import Notification
from frontdesk.notifications.recipients import recipients
from frontdesk.support.models import Event


def notify(event: Event) -> list[int]:
    """Write a row for each person who must hear of the event and return their ids.

    Run twice for one event it writes them once.
    """
    people = recipients(event)
    Notification.objects.bulk_create(
        [
            Notification(
                provider_id=event.provider_id,
                user_id=user_id,
                event=event,
                ticket_id=event.ticket_id,
                kind=event.kind,
                created_at=event.created_at,
            )
            for user_id in people
        ],
        ignore_conflicts=True,
    )
    return people


def mark_all_read(*, user_id: int, provider_id: int) -> int:
    """Mark every row of a person at a provider as read; return how many were not."""
    rows = Notification.objects.of(user_id=user_id, provider_id=provider_id).unread()
    return rows.order_by().update(read_at=Now())


def mark_account_read(*, user_id: int, provider_id: int, account_id: int) -> int:
    """Mark the rows about the money of an account as read, as reading its ledger does; return
    how many were not. Those that name a ticket are read with the ticket."""
    rows = Notification.objects.of(user_id=user_id, provider_id=provider_id).unread()
    of_account = rows.filter(ticket__isnull=True, event__data__account=account_id)
    return of_account.order_by().update(read_at=Now())


def mark_ticket_read(*, user_id: int, provider_id: int, ticket_id: int) -> int:
    """Mark the rows of one ticket as read, as reading the ticket does."""
    rows = Notification.objects.of(user_id=user_id, provider_id=provider_id).unread()
    return rows.filter(ticket_id=ticket_id).order_by().update(read_at=Now())
