"""A person has looked at a ticket."""

from django.db import connection

from frontdesk.support.actor import Actor
from frontdesk.support.models import Ticket


def mark_read(*, by: Actor, ticket: Ticket, message_id: int) -> None:
    """Remember that the actor has seen the thread up to this message; it never moves back.

    Not an event: looking changes nothing for anybody else.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO support_readmark (provider_id, user_id, ticket_id, message_id)"
            " VALUES (%s, %s, %s, %s)"
            " ON CONFLICT (user_id, ticket_id) DO UPDATE SET message_id = EXCLUDED.message_id"
            " WHERE support_readmark.message_id < EXCLUDED.message_id",
            [ticket.provider_id, by.user.pk, ticket.pk, message_id],
        )
