"""The client's first page: a box to ask in, and what is going on."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_http_methods

from frontdesk.channels.web.client.forms import RefusedFiles, kept_draft
from frontdesk.channels.web.client.fragments import wanted_part
from frontdesk.channels.web.client.notifications import latest
from frontdesk.channels.web.client.paying import wallet_rows
from frontdesk.channels.web.client.rows import rows_of
from frontdesk.channels.web.client.service_rows import service_rows
from frontdesk.channels.web.client.ticket_queries import load_active
from frontdesk.channels.web.composing import form_key, take_files, waiting_files
from frontdesk.channels.web.dates import Clock
from frontdesk.channels.web.errors import not_signed_in
from frontdesk.channels.web.places import member_query_for
from frontdesk.channels.web.render import client_page, page, see_other
from frontdesk.channels.web.sign_in.recognition import is_signed_in
from frontdesk.channels.web.visit import ClientVisit, client_visit, staff_visit
from frontdesk.support.actions.save_draft import DraftText, new_key, save_draft
from frontdesk.support.models import Draft, DraftKind
from frontdesk.support.once import form_scope, is_claimed

MOST_SHOWN = 5
LATEST_NOTIFICATIONS = 3


@require_http_methods(["GET", "HEAD", "POST"])
def client_home(request: HttpRequest, provider: str) -> HttpResponseBase:
    """Show Home, or carry what was typed there to the form; staff go on to their desk."""
    if not is_signed_in(request, member_query_for(request, with_purses=True)):
        return not_signed_in(request)
    if visit := client_visit(request, provider, with_purses=True):
        return _continue(request, visit) if request.method == "POST" else _home(request, visit)
    if staff_visit(request, provider):
        return see_other("desk", provider)
    raise Http404


def _home(request: HttpRequest, visit: ClientVisit) -> HttpResponse:
    """Show the page; htmx gets what is below the box, so that a text in it stays."""
    active = load_active(visit.reach, most=MOST_SHOWN + 1)
    context = {
        "section": "home",
        "active": rows_of(active, visit, Clock().relative_time),
        "services": service_rows(visit, most=MOST_SHOWN),
        "most": MOST_SHOWN,
        "wallets": wallet_rows(visit),
        "notifications": latest(visit, most=LATEST_NOTIFICATIONS),
    }
    if wanted_part(request) is not None:
        return page(request, "client/parts/going_on.html", visit, context)
    return client_page(request, "client/home.html", visit, context | {"key": new_key()})


def _continue(request: HttpRequest, visit: ClientVisit) -> HttpResponse:
    """Keep text and files as the draft of a new ticket and lead to its form.

    A reply to a ticket that was closed meanwhile comes here too, with the ticket as `about`.
    """
    text = request.POST.get("message", "").strip()
    about = request.GET.get("about", "")
    about = about if about.isascii() and about.isdigit() else ""
    kept = kept_draft(visit)
    older = kept[0] if kept else None
    key = _key_for(visit, form_key(request), older)
    if refused := take_files(request, visit, key):
        told = RefusedFiles.of(refused, chosen=len(request.FILES.getlist("files")))
        messages.error(request, told.summary)
    if text or request.FILES or waiting_files(visit, key):
        choices = {**(older.choices if older else {}), **({"about": about} if about else {})}
        draft = DraftText(DraftKind.TICKET, _joined(text, older), key, choices)
        save_draft(by=visit.actor, draft=draft)
    query = f"?about={about}" if about else ""
    return see_other("new_ticket", visit.provider.slug, query=query)


def _key_for(visit: ClientVisit, posted: str, older: Draft | None) -> str:
    """Return the key to keep it under: an older draft's, so that its files stay with it."""
    if older and older.key != posted and not waiting_files(visit, posted):
        return older.key
    if is_claimed(form_scope(visit.actor, DraftKind.TICKET), posted):
        return new_key()  # sent already, and the browser has brought the old page back
    return posted


def _joined(text: str, older: Draft | None) -> str:
    """Return the new text above what was not sent yet; a repeat adds nothing."""
    kept = older.text.strip() if older else ""
    if kept.startswith(text):
        return kept
    return f"{text}\n\n{kept}" if kept else text
