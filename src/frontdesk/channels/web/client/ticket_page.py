"""One ticket: its thread, what stands around it, and the composer."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from frontdesk.billing.models import LedgerEntry
from frontdesk.channels.web.client.composer import ReplyForm
from frontdesk.channels.web.client.forms import read_id
from frontdesk.channels.web.client.fragments import wanted_part
from frontdesk.channels.web.client.one_ticket import OneTicket, load_ticket, people_words
from frontdesk.channels.web.client.paying import cost_of, lines_in, money_of
from frontdesk.channels.web.client.thread import Thread, load_news, load_thread
from frontdesk.channels.web.composing import waiting_files
from frontdesk.channels.web.render import client_page, page
from frontdesk.channels.web.visit import ClientVisit, as_client
from frontdesk.notifications.notify import mark_ticket_read
from frontdesk.support.actions.mark_read import mark_read
from frontdesk.support.models import Ticket


@require_safe
@as_client
def ticket(request: HttpRequest, visit: ClientVisit, number: int) -> HttpResponse:
    """Show the ticket; htmx asks for what came `after` a message, or for those `before` one."""
    found = find_ticket(visit, number)
    after, before = (read_id(request.GET.get(name, "")) for name in ("after", "before"))
    is_part = wanted_part(request) is not None
    if is_part and after is not None:
        thread = load_news(found.ticket, visit.user.pk, after=after)
        _look(visit, found)
        context = _context(found, thread, _money_news(request, found))
        return page(request, "client/parts/news.html", visit, context)
    if is_part and before:
        thread = load_thread(found.ticket, visit.user.pk, before=before)
        context = _context(found, thread, money_of(found))
        return page(request, "client/parts/earlier.html", visit, context)
    return ticket_page(request, visit, found, ReplyForm.of_draft(found), before=before)


def find_ticket(visit: ClientVisit, number: int) -> OneTicket:
    """Return a ticket of the reader's; others do not exist for him."""
    try:
        return load_ticket(visit.reach, number)
    except Ticket.DoesNotExist:
        raise Http404 from None


def ticket_page(
    request: HttpRequest,
    visit: ClientVisit,
    found: OneTicket,
    form: ReplyForm,
    *,
    before: int | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render the page with the composer as `form` has it."""
    thread = load_thread(found.ticket, visit.user.pk, before=before)
    money_rows = money_of(found)
    context = {
        "section": "tickets",
        **_context(found, thread, money_rows),
        "first_new": _first_new(thread, found.seen_id),
        "form": form,
        "waiting": waiting_files(visit, form.key) if form.has_files else [],
        "readers": people_words(found.readers, visit.user.pk),
        "cost": cost_of(money_rows),
        "answerers": list(dict.fromkeys(e.author.name for e in thread.entries if e.is_support)),
    }
    if not before:
        context["unread_notifications"] = visit.unread - _look(visit, found)
    return client_page(request, "client/ticket.html", visit, context, status=status)


def _context(found: OneTicket, thread: Thread, money_rows: list[LedgerEntry]) -> dict[str, object]:
    return {
        "one": found,
        "ticket": found.ticket,
        "thread": thread,
        "money_lines": lines_in(thread, money_rows),
    }


def _money_news(request: HttpRequest, found: OneTicket) -> list[LedgerEntry]:
    """Return what moved after the last line about money that the page has, if it says which."""
    seen = read_id(request.GET.get("money", ""))
    return [] if seen is None else [row for row in money_of(found) if row.pk > seen]


def _first_new(thread: Thread, seen_id: int | None) -> int | None:
    """Return the message above which the line "New" stands; at the very top it says nothing."""
    if seen_id is None:
        return None
    new = [entry.pk for entry in thread.entries if entry.pk > seen_id and not entry.is_mine]
    return new[0] if new and new[0] != thread.entries[0].pk else None


def _look(visit: ClientVisit, found: OneTicket) -> int:
    """Note that the reader has seen the end of the thread; return how many rows that settled."""
    last = found.ticket.last_message_id
    if (found.seen_id or 0) < last:
        mark_read(by=visit.actor, ticket=found.ticket, message_id=last)
    if not found.has_unread_rows:
        return 0
    return mark_ticket_read(
        user_id=visit.user.pk, provider_id=visit.provider.pk, ticket_id=found.ticket.pk
    )
