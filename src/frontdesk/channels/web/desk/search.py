"""One field for tickets, clients and commands: the palette, and a page without script."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from frontdesk.accounts.models import Account
from frontdesk.channels.web.desk.client_card import find_clients, members_of
from frontdesk.channels.web.desk.place import VIEWS, words_in
from frontdesk.channels.web.desk.rail import desk_page
from frontdesk.channels.web.visit import StaffVisit, as_staff
from frontdesk.support.models import Ticket
from frontdesk.support.note_search import search_notes
from frontdesk.support.search import search
from frontdesk.support.subjects import snippet_from

MOST_TICKETS = 7
MOST_CLIENTS = 4
MOST_NOTES = 4
ICONS = {"in_progress": "progress", "waiting_for_reply": "wait", "solved": "solved"}
STATUS_WORDS = {"in_progress": "needs_reply", "waiting_for_reply": "waiting", "solved": "solved"}


@dataclass(frozen=True, slots=True)
class Option:
    """Somewhere the palette leads to."""

    address: str
    icon: str
    title: str
    small: str = ""
    note: str = ""


@require_GET
@as_staff
def search_desk(request: HttpRequest, visit: StaffVisit) -> HttpResponse:
    """Show what the words find; without words, the commands."""
    words = words_in(request.GET)
    found = list(find_clients(visit.provider.pk, words)[:MOST_CLIENTS]) if words else []
    groups = [
        (_("Clients"), [_client(visit, account) for account in found]),
        (_("Tickets"), _tickets(visit, words) if words else []),
        (_("Internal notes"), _notes(visit, words) if words else []),
        (_("Commands"), [*_new_ticket_for(visit, found), *_commands(visit, words)]),
    ]
    context = {
        "section": "search",
        "words": words,
        "groups": [(title, options) for title, options in groups if options],
    }
    return desk_page(request, "desk/search.html", visit, context)


def _client(visit: StaffVisit, account: Account) -> Option:
    people = members_of(account)
    return Option(
        reverse("desk_client", args=[visit.provider.slug, account.pk]),
        "building",
        account.name,
        small=people[0].email if people else "",
    )


def _tickets(visit: StaffVisit, words: str) -> list[Option]:
    tickets = Ticket.objects.visible_to(visit.reach).select_related("account")
    titles = {view.slug: str(view.title) for view in VIEWS}
    return [
        Option(
            reverse("desk_ticket", args=[visit.provider.slug, ticket.pk]),
            ICONS[ticket.status],
            ticket.subject,
            small=f"#{ticket.pk} · {ticket.account.name}",
            note=titles[STATUS_WORDS[ticket.status]],
        )
        for ticket in search(tickets, words, reach=visit.reach, limit=MOST_TICKETS)
    ]


def _notes(visit: StaffVisit, words: str) -> list[Option]:
    slug = visit.provider.slug
    return [
        Option(
            f"{reverse('desk_ticket', args=[slug, note.ticket_id])}?note={note.pk}#note-{note.pk}",
            "lock",
            snippet_from(note.text),
            small=f"#{note.ticket_id} · {note.ticket.subject}",
            note=note.author.name,
        )
        for note in search_notes(words, reach=visit.reach, limit=MOST_NOTES)
    ]


def _new_ticket_for(visit: StaffVisit, accounts: list[Account]) -> list[Option]:
    address = reverse("desk_new_ticket", args=[visit.provider.slug])
    return [
        Option(
            f"{address}?account={account.pk}",
            "pen",
            _("New ticket for %(client)s") % {"client": account.name},
        )
        for account in accounts[:1]
    ]


def _commands(visit: StaffVisit, words: str) -> list[Option]:
    slug = visit.provider.slug
    desk = reverse("desk", args=[slug])
    commands = [Option(f"{desk}?view={view.slug}", view.icon, str(view.title)) for view in VIEWS]
    commands += [
        Option(reverse("desk_new_ticket", args=[slug]), "pen", _("New ticket for a client")),
        Option(reverse("desk_clients", args=[slug]), "users", _("All clients")),
        Option(reverse("account", args=[slug]), "user", _("Profile and security")),
    ]
    if visit.staff.is_administrator:
        commands.append(Option(reverse("settings", args=[slug]), "gear", _("Settings")))
    return [command for command in commands if words.casefold() in command.title.casefold()]
