"""Staff open a ticket for a client: first the client, then the form."""

from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from frontdesk.channels.web.composing import form_key, take_files, waiting_files
from frontdesk.channels.web.desk.client_card import (
    ClientCard,
    find_clients,
    load_client,
    members_of,
)
from frontdesk.channels.web.desk.opening_form import Opening, unsent_opening
from frontdesk.channels.web.desk.place import words_in
from frontdesk.channels.web.desk.rail import desk_page, load_rail
from frontdesk.channels.web.errors import wait_words
from frontdesk.channels.web.limits import OPEN_TICKET, limit
from frontdesk.channels.web.refusals import file_words, words_for
from frontdesk.channels.web.render import see_other
from frontdesk.channels.web.visit import StaffVisit, as_staff
from frontdesk.shared.rate_limit import TooFast
from frontdesk.support import errors
from frontdesk.support.actions.open_ticket import open_ticket
from frontdesk.support.models import Ticket

MOST_SHOWN = 20
# Buttons that change the form instead of sending it.
CHANGES_FORM = ("continue", "remove_file")
FIELDS = {
    errors.NoSuchDepartment: "department",
    errors.NoSuchService: "service",
    errors.NoSuchAccount: "requester",
}


@require_http_methods(["GET", "POST"])
@as_staff
def new_ticket(request: HttpRequest, visit: StaffVisit) -> HttpResponse:
    """Show the form, or open the ticket and lead to it."""
    if request.method == "POST":
        return _open(request, visit)
    form = Opening.of(request.GET, key="")
    unsent = unsent_opening(visit)
    about = _about(visit, form)
    account = form.account or (about.account_id if about else None)
    if account is None:
        return _choose_client(request, visit, unsent)
    client = _client(visit, account)
    if unsent and unsent.account == client.account.pk:
        return _show(request, visit, client, unsent)
    return _show(request, visit, client, Opening.blank(client.account.pk, form, about), unsent)


def _open(request: HttpRequest, visit: StaffVisit) -> HttpResponse:
    form = Opening.of(request.POST, key=form_key(request))
    about = _about(visit, form)
    if form.account is None and about:
        form = form.about_ticket(about)
    client = _client(visit, form.account or 0)
    refused = [(error.name, file_words(error)) for error in take_files(request, visit, form.key)]
    form = replace(form, refused=refused, files=waiting_files(visit, form.key))
    if refused or any(name in request.POST for name in CHANGES_FORM):
        return _show(request, visit, client, form, status=422 if refused else 200)
    try:
        limit(OPEN_TICKET, request, visit)
        ticket = open_ticket(by=visit.actor, request=form.request(), key=form.key)
    except TooFast as error:
        form = replace(form, errors={"message": wait_words(error)})
        return _show(request, visit, client, form, status=429)
    except errors.Refused as error:
        form = replace(form, errors={FIELDS.get(type(error), "message"): words_for(error)})
        return _show(request, visit, client, form, status=422)
    names = {"number": ticket.pk, "client": client.account.name}
    messages.success(request, _("Ticket #%(number)s is opened for %(client)s.") % names)
    return see_other("desk_ticket", visit.provider.slug, ticket.pk)


def _about(visit: StaffVisit, form: Opening) -> Ticket | None:
    """Return the ticket that the new one goes on with."""
    if form.about is None:
        return None
    return Ticket.objects.visible_to(visit.reach).filter(pk=form.about).first()


def _client(visit: StaffVisit, account: int) -> ClientCard:
    client = load_client(visit.provider.pk, account)
    if client is None:
        raise Http404
    return client


def _choose_client(request: HttpRequest, visit: StaffVisit, unsent: Opening | None) -> HttpResponse:
    words = words_in(request.GET)
    found = find_clients(visit.provider.pk, words)[:MOST_SHOWN]
    context = {
        "section": "new",
        "words": words,
        "clients": [(account, members_of(account)) for account in found],
        "unsent": unsent,
    }
    return desk_page(request, "desk/new_ticket_client.html", visit, context)


def _show(
    request: HttpRequest,
    visit: StaffVisit,
    client: ClientCard,
    form: Opening,
    unsent: Opening | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    rail = load_rail(visit.reach)
    context = {
        "section": "new",
        "rail": rail,
        "client": client,
        "form": form,
        "unsent": unsent,
    }
    return desk_page(request, "desk/new_ticket.html", visit, context, status=status)
