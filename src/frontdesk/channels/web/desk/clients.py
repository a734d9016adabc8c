"""The desk's pages of clients."""

from dataclasses import dataclass, field

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from frontdesk.accounts.models.account import Right
from frontdesk.billing.rights import may_charge
from frontdesk.channels.web.desk.client_card import load_client
from frontdesk.channels.web.desk.client_pages import load_clients
from frontdesk.channels.web.desk.place import NEWEST_ACTIVITY_FIRST, words_in
from frontdesk.channels.web.desk.rail import desk_page, load_rail
from frontdesk.channels.web.desk.rows import load_rows
from frontdesk.channels.web.sign_in.mail import sends_mail
from frontdesk.channels.web.visit import StaffVisit, as_staff
from frontdesk.support.actions.save_draft import new_key
from frontdesk.support.models import Ticket


@dataclass(slots=True)
class InvitationForm:
    """Whom to invite, as it was typed; `errors` by field."""

    email: str = ""
    name: str = ""
    right: str = Right.OWN
    errors: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class NoteForm:
    """A note about a client as it was typed, and why it came back."""

    key: str
    text: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class CameBack:
    """A form of the client's page that was not taken."""

    invitation: InvitationForm | None = None
    note: NoteForm | None = None


@require_GET
@as_staff
def clients(request: HttpRequest, visit: StaffVisit) -> HttpResponse:
    """List accounts, or find them by their name, their id, their people or their services."""
    words = words_in(request.GET)
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    context = {
        "section": "clients",
        "words": words,
        "pager": load_clients(visit.provider.pk, words, after=after, before=before),
    }
    return desk_page(request, "desk/clients.html", visit, context)


@require_GET
@as_staff
def client(request: HttpRequest, visit: StaffVisit, account: int) -> HttpResponse:
    """Show an account with its people, services and those tickets that one may see."""
    return show_client(request, visit, account)


def show_client(
    request: HttpRequest, visit: StaffVisit, account: int, came_back: CameBack | None = None
) -> HttpResponse:
    """Answer with the page; `came_back` holds the form that was not taken. 404 for another's."""
    card = load_client(visit.provider.pk, account)
    if card is None:
        raise Http404
    rail = load_rail(visit.reach)
    tickets = Ticket.objects.visible_to(visit.reach).filter(account=account)
    context = {
        "section": "clients",
        "rail": rail,
        "may_charge": may_charge(role=visit.staff.role, provider=card.account.provider),
        "balance": getattr(card.account, "balance", None),
        "client": card,
        "client_since": timezone.localdate(card.account.created_at),
        "sends_mail": sends_mail(),
        "invitation": came_back and came_back.invitation,
        "note_form": (came_back and came_back.note) or NoteForm(new_key()),
        "department_names": {line.pk: line.name for line in rail.departments},
        "pager": load_rows(
            tickets,
            NEWEST_ACTIVITY_FIRST,
            visit.user.pk,
            after=request.GET.get("after", ""),
            before=request.GET.get("before", ""),
        ),
    }
    status = 200 if came_back is None else 422
    return desk_page(request, "desk/client.html", visit, context, status=status)
