"""The page of a ticket: its list, its thread with the composer, and the client."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from frontdesk.channels.web.desk.change_words import change_words
from frontdesk.channels.web.desk.neighbours import load_neighbours
from frontdesk.channels.web.desk.place import Place
from frontdesk.channels.web.desk.rail import desk_page
from frontdesk.channels.web.desk.thread import load_thread
from frontdesk.channels.web.desk.ticket_card import TicketCard, Unsent, load_card
from frontdesk.channels.web.visit import StaffVisit, as_staff
from frontdesk.shared.keyset import MOST_DIGITS
from frontdesk.support.actions.mark_read import mark_read
from frontdesk.support.channels import Channel
from frontdesk.support.models import Priority, Ticket
from frontdesk.support.models.note import Note

# A browser remembers whether one wants the next ticket after a reply or a closing.
GO_ON_COOKIE = "desk_next"


@dataclass(frozen=True, slots=True)
class CameBack:
    """A form that comes back instead of what the server has kept of it."""

    reply: Unsent | None = None
    note: Unsent | None = None


@require_GET
@as_staff
def ticket(request: HttpRequest, visit: StaffVisit, number: int) -> HttpResponse:
    """Show a ticket of one's departments."""
    return ticket_page(request, visit, number)


def ticket_page(
    request: HttpRequest,
    visit: StaffVisit,
    number: int,
    came_back: CameBack | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """Answer with the page; `came_back` holds the form that was not sent. 404 if not visible."""
    try:
        card = load_card(visit, number)
    except Ticket.DoesNotExist:
        raise Http404 from None
    place = Place.of(request.GET)
    context = {
        "section": "ticket",
        "place": place,
        "thread": load_thread(
            number, before=request.GET.get("before", ""), back_to=_moment_of_note(request, number)
        ),
        "neighbours": load_neighbours(visit, place, card.ticket),
        "change_words": change_words,
        "channels": Channel.choices,
        "priorities": Priority.choices,
        "goes_on": request.COOKIES.get(GO_ON_COOKIE) == "1",
        **_card(card, came_back),
    }
    if card.is_unread:
        mark_read(by=visit.actor, ticket=card.ticket, message_id=card.ticket.last_message_id)
    return desk_page(request, "desk/ticket.html", visit, context, status=status)


def _moment_of_note(request: HttpRequest, number: int) -> datetime | None:
    """Return when the note was written that the address looks for; None where it names none."""
    note = request.GET.get("note", "")
    if not (note.isascii() and note.isdigit()):
        return None
    notes = Note.objects.filter(ticket=number, pk=int(note[:MOST_DIGITS]))
    return notes.values_list("created_at", flat=True).first()


def _card(card: TicketCard, came_back: CameBack | None) -> dict[str, Any]:
    if came_back is not None:
        card = replace(card, reply=came_back.reply or card.reply, note=came_back.note or card.note)
    return {"card": card, "ticket": card.ticket, "came_back": came_back}
