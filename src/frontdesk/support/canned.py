"""Fills the places in a ready answer: whom it greets, which ticket and service it is about."""

import re

from django.utils.translation import gettext_lazy as _

from frontdesk.accounts.models import User
from frontdesk.support.models import Ticket

# What may stand in braces in a ready answer, and what is put there.
PLACES = {
    "name": _("the client's first name"),
    "number": _("the ticket's number"),
    "service": _("the service the ticket is about"),
    "staff": _("your own name"),
    "provider": _("the provider's name"),
}
PLACE = re.compile(r"\{\{\s*(\w{1,20})\s*\}\}|\{(\w{1,20})\}")


def fill_places(text: str, *, ticket: Ticket, staff: User) -> str:
    """Return the ready answer with its places filled; one that nothing is known for stays."""
    known = {
        "name": ticket.requester.first_name,
        "number": str(ticket.pk),
        "service": ticket.service.name if ticket.service else "",
        "staff": staff.name,
        "provider": ticket.provider.name,
    }
    return PLACE.sub(lambda place: known.get(place[1] or place[2]) or place[0], text)
