"""What a client does to his ticket: answers it and closes it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from frontdesk.channels.web.client.composer import ReplyForm
from frontdesk.channels.web.client.ticket_page import find_ticket, ticket_page
from frontdesk.channels.web.composing import waiting_files
from frontdesk.channels.web.errors import wait_words
from frontdesk.channels.web.limits import REPLY, limit
from frontdesk.channels.web.refusals import words_for
from frontdesk.channels.web.render import client_page, see_other
from frontdesk.channels.web.visit import ClientVisit, as_client
from frontdesk.shared.rate_limit import TooFast
from frontdesk.support import errors
from frontdesk.support.actions.close import close
from frontdesk.support.actions.reply import Answer, reply
from frontdesk.support.actions.save_draft import DraftText, new_key, save_draft
from frontdesk.support.models import DraftKind, Ticket


@require_http_methods(["GET", "HEAD", "POST"])
@as_client
def ticket_reply(request: HttpRequest, visit: ClientVisit, number: int) -> HttpResponse:
    """Add the reply, and close the ticket with it where that was asked."""
    if request.method != "POST" or request.FILES:
        find_ticket(visit, number)  # nobody stores files for a ticket that is not his
    if request.method != "POST":  # signed in again on the way: the draft is on the page
        return see_other("ticket", visit.provider.slug, number)
    form = ReplyForm.posted(request, visit)
    if form.error or "remove_file" in request.POST:
        status = 200 if "remove_file" in request.POST else 422
        return ticket_page(request, visit, find_ticket(visit, number), form, status=status)
    and_close = "and_close" in request.POST
    try:
        limit(REPLY, request, visit)
        answer = Answer(text=form.message, and_close=and_close)
        message = reply(by=visit.actor, number=number, answer=answer, key=form.key)
    except TooFast as error:
        return _too_fast(request, visit, form, number=number, error=error)
    except errors.Refused as error:
        return _refused(request, visit, form, number=number, error=error)
    except Ticket.DoesNotExist:
        raise Http404 from None
    closed = _("Reply sent. Ticket #%(number)s is closed.") % {"number": number}
    messages.success(request, closed if and_close else _("Reply sent."))
    return see_other("ticket", visit.provider.slug, number, part=f"message-{message.pk}")


@require_http_methods(["GET", "HEAD", "POST"])
@as_client
def ticket_close(request: HttpRequest, visit: ClientVisit, number: int) -> HttpResponse:
    """Ask once more, then close. A reply that was typed comes along and can still be sent."""
    found = find_ticket(visit, number)
    was_closed = _("Ticket #%(number)s was closed before.") % {"number": number}
    if request.method != "POST":
        return see_other("ticket", visit.provider.slug, number)
    if "confirm" not in request.POST and not found.ticket.is_solved:
        form = ReplyForm.posted(request, visit)
        context = {"section": "tickets", "ticket": found.ticket, "form": form}
        context["waiting"] = waiting_files(visit, form.key)
        return client_page(request, "client/close.html", visit, context)
    try:
        close(by=visit.actor, number=number)
        messages.success(request, _("Ticket #%(number)s is closed.") % {"number": number})
    except errors.TicketSolved:
        messages.info(request, was_closed)
    return see_other("ticket", visit.provider.slug, number)


def _too_fast(
    request: HttpRequest, visit: ClientVisit, form: ReplyForm, *, number: int, error: TooFast
) -> HttpResponse:
    form.error = " ".join([_("That is many replies in a short time."), wait_words(error)])
    found = find_ticket(visit, number)
    response = ticket_page(request, visit, found, form, status=429)
    response.headers["Retry-After"] = str(error.retry_after)
    return response


def _refused(
    request: HttpRequest, visit: ClientVisit, form: ReplyForm, *, number: int, error: errors.Refused
) -> HttpResponse:
    """Bring the page back with the text; the ticket is read anew, it may be closed by now."""
    status = 422
    match error:
        case errors.EmptyMessage():
            form.error = _("Write your reply, or attach a file.")
        case errors.AlreadySent():
            status, form.key = 409, new_key()
            form.error = _("This reply was already sent with other words. Your text is kept.")
        case errors.TicketSolved():
            status = 409
            draft = DraftText(DraftKind.REPLY, form.message, form.key)
            save_draft(by=visit.actor, draft=draft, ticket=error.ticket)
        case _:
            form.error = words_for(error)
    found = find_ticket(visit, number)
    if found.ticket.is_solved:
        form.error = _closed_meanwhile(by_support=found.was_closed_by_support)
    return ticket_page(request, visit, found, form, status=status)


def _closed_meanwhile(*, by_support: bool) -> str:
    if by_support:
        return _(
            "Support closed this ticket while you were writing. Your text is kept: "
            "open a new ticket about this with it."
        )
    return _(
        "This ticket was closed while you were writing. Your text is kept: "
        "open a new ticket about this with it."
    )
