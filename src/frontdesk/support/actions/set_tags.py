"""Staff put tags on a ticket."""

from collections.abc import Iterable

from django.db import transaction

from frontdesk.shared.text import storable
from frontdesk.support.actor import Actor
from frontdesk.support.locking import lock_ticket
from frontdesk.support.models import EventKind, Ticket
from frontdesk.support.record import record

MOST_TAGS = 10
TAG_LENGTH = 30


def set_tags(*, by: Actor, number: int, tags: Iterable[str]) -> Ticket:
    """Replace the tags of a ticket, solved ones too, and return it.

    Tags are kept in lower case, each once, at most ten of thirty symbols.
    Raises Ticket.DoesNotExist.
    """
    words = (" ".join(storable(tag).lower().split())[:TAG_LENGTH] for tag in tags)
    wanted = sorted(set(filter(None, words)))[:MOST_TAGS]
    with transaction.atomic():
        ticket = lock_ticket(by.staff, number)
        if ticket.tags != wanted:
            ticket.tags = wanted
            ticket.save(update_fields=["tags"])
            record(EventKind.TAGS_SET, by=by, ticket=ticket, data={"count": len(wanted)})
        return ticket
