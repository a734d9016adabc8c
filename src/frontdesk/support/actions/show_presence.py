"""A staff member's page says that it is open, or that he is writing."""

from django.utils import timezone

from frontdesk.support.actor import Actor
from frontdesk.support.models import Presence, Ticket
from frontdesk.support.record import announce

PRESENCE_CHANGED = "presence"


def show_presence(*, by: Actor, ticket: Ticket, is_writing: bool, is_leaving: bool = False) -> None:
    """Keep or remove the actor's presence on a ticket loaded through `visible_to`.

    Colleagues' pages are told only when something changed for them.
    """
    rows = Presence.objects.filter(ticket=ticket, staff_id=by.staff.staff_id)
    before = rows.values_list("is_writing", flat=True).first()
    if is_leaving:
        rows.delete()
        after = None
    else:
        Presence.objects.update_or_create(
            ticket=ticket,
            staff_id=by.staff.staff_id,
            defaults={
                "provider_id": ticket.provider_id,
                "is_writing": is_writing,
                "seen_at": timezone.now(),
            },
        )
        after = is_writing
    if before != after:
        announce(ticket, kind=PRESENCE_CHANGED, event_id=None, actor_id=by.user.pk)
