"""Staff answer a ticket, or note something beside it; nothing typed is ever lost."""

from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from frontdesk.channels.web.composing import form_key, take_files, waiting_files
from frontdesk.channels.web.desk.act_pages import go_back, visible_ticket
from frontdesk.channels.web.desk.canned import ticket_for_canned, usable_canned
from frontdesk.channels.web.desk.going_on import find_way_on, lead_on
from frontdesk.channels.web.desk.guard_words import guard_words
from frontdesk.channels.web.desk.place import Place
from frontdesk.channels.web.desk.ticket import CameBack, ticket_page
from frontdesk.channels.web.desk.ticket_card import Unsent
from frontdesk.channels.web.errors import wait_words
from frontdesk.channels.web.limits import REPLY, limit
from frontdesk.channels.web.refusals import file_words, words_for
from frontdesk.channels.web.render import see_other
from frontdesk.channels.web.visit import StaffVisit, as_staff
from frontdesk.shared.rate_limit import TooFast
from frontdesk.support import errors
from frontdesk.support.actions.add_note import add_note
from frontdesk.support.actions.reply import Answer, reply
from frontdesk.support.canned import fill_places
from frontdesk.support.models import Ticket

# Buttons that change the form instead of sending it; without script they post it.
CHANGES_FORM = ("insert", "remove_file")
MOST_DIGITS = 18
either = require_http_methods(["GET", "HEAD", "POST"])


@either
@as_staff
def reply_to_ticket(request: HttpRequest, visit: StaffVisit, number: int) -> HttpResponse:
    """Send the reply, or bring its form back with everything in it."""
    if request.method != "POST":  # reloaded, or signed in again on the way: the draft is kept
        return go_back(request, visit, visible_ticket(visit, number))
    key = form_key(request)
    refused = [(error.name, file_words(error)) for error in take_files(request, visit, key)]
    form = Unsent(key, request.POST.get("message", ""), refused=refused)
    if refused or any(name in request.POST for name in CHANGES_FORM):
        form = replace(form, text=_with_canned(request, visit, number))
        return _reply_again(request, visit, number, form, status=422 if refused else 200)
    way = find_way_on(request, visit, number)
    try:
        limit(REPLY, request, visit)
        message = reply(by=visit.actor, number=number, answer=_answer(request), key=key)
    except Ticket.DoesNotExist:
        raise Http404 from None
    except (TooFast, errors.Refused) as error:
        form, status = _why(form, error)
        return _reply_again(request, visit, number, form, status=status)
    closed = "and_close" in request.POST
    messages.success(request, _("Reply sent, ticket closed.") if closed else _("Reply sent."))
    return lead_on(request, visit, number, way, part=f"message-{message.pk}")


@either
@as_staff
def note_on_ticket(request: HttpRequest, visit: StaffVisit, number: int) -> HttpResponse:
    """Add the internal note, or bring its form back with the text."""
    if request.method != "POST":
        return go_back(request, visit, visible_ticket(visit, number))
    form = Unsent(form_key(request), request.POST.get("message", ""))
    try:
        limit(REPLY, request, visit)
        note = add_note(by=visit.actor, number=number, text=form.text, key=form.key)
    except Ticket.DoesNotExist:
        raise Http404 from None
    except (TooFast, errors.Refused) as error:
        form, status = _why(form, error)
        return ticket_page(request, visit, number, CameBack(note=form), status=status)
    messages.success(request, _("Note added."))
    query = Place.of(request.GET).query()
    part = f"note-{note.pk}"
    return see_other("desk_ticket", visit.provider.slug, number, query=query, part=part)


def _answer(request: HttpRequest) -> Answer:
    last_seen = request.POST.get("last_seen", "")
    is_number = last_seen.isascii() and last_seen.isdigit() and len(last_seen) <= MOST_DIGITS
    return Answer(
        text=request.POST.get("message", ""),
        last_seen_id=int(last_seen) if is_number else None,
        and_close="and_close" in request.POST,
    )


def _why(form: Unsent, error: TooFast | errors.Refused) -> tuple[Unsent, int]:
    """Return the form with the reason for which it comes back, and the answer's status."""
    match error:
        case TooFast():
            return replace(form, error=wait_words(error)), 429
        case errors.NewerMessages():
            return replace(form, guard=guard_words(error.newer)), 422
        case errors.TicketSolved():
            return replace(form, error=_("This ticket was closed while you were writing.")), 422
        case _:
            return replace(form, error=words_for(error)), 422


def _reply_again(
    request: HttpRequest, visit: StaffVisit, number: int, form: Unsent, *, status: int
) -> HttpResponse:
    form = replace(form, files=waiting_files(visit, form.key))
    return ticket_page(request, visit, number, CameBack(reply=form), status=status)


def _with_canned(request: HttpRequest, visit: StaffVisit, number: int) -> str:
    """Return what was typed, with the chosen ready answer below it."""
    text, chosen = request.POST.get("message", ""), request.POST.get("canned", "")
    if "insert" not in request.POST or not chosen.isdigit():
        return text
    ticket = ticket_for_canned(visit, number)
    canned = usable_canned(visit, ticket).filter(pk=int(chosen[:MOST_DIGITS])).first()
    if canned is None:
        return text
    filled = fill_places(canned.text, ticket=ticket, staff=visit.user)
    return f"{text.rstrip()}\n\n{filled}" if text.strip() else filled
