"""What staff write down about a client; no client ever reads it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from frontdesk.accounts.models import Account
from frontdesk.channels.web.composing import form_key
from frontdesk.channels.web.desk.clients import CameBack, NoteForm, show_client
from frontdesk.channels.web.desk.rail import desk_page
from frontdesk.channels.web.errors import wait_words
from frontdesk.channels.web.limits import REPLY, limit
from frontdesk.channels.web.posting import sent_from
from frontdesk.channels.web.refusals import words_for
from frontdesk.channels.web.render import see_other
from frontdesk.channels.web.visit import StaffVisit, as_staff
from frontdesk.shared.rate_limit import TooFast
from frontdesk.support import errors
from frontdesk.support.actions.add_client_note import add_client_note
from frontdesk.support.actions.remove_client_note import remove_client_note
from frontdesk.support.models.client_note import ClientNote


@sent_from("desk_client", "provider", "account")
@as_staff
def add(request: HttpRequest, visit: StaffVisit, account: int) -> HttpResponse:
    """Add a note about the client."""
    form = NoteForm(form_key(request), request.POST.get("message", ""))
    try:
        limit(REPLY, request, visit)
        add_client_note(by=visit.actor, account_id=account, text=form.text, key=form.key)
    except Account.DoesNotExist:
        raise Http404 from None
    except errors.EmptyMessage:
        form.error = _("Write the note first.")
    except errors.Refused as error:
        form.error = words_for(error)
    except TooFast as error:
        form.error = wait_words(error)
    if form.error:
        return show_client(request, visit, account, CameBack(note=form))
    messages.success(request, _("The note is added. Only staff see it."))
    return see_other("desk_client", visit.provider.slug, account, part="notes")


@sent_from("desk_client", "provider", "account")
@as_staff
def remove(request: HttpRequest, visit: StaffVisit, account: int, note: int) -> HttpResponse:
    """Remove a note that one wrote, or any as a head; the first press asks once more."""
    own = ClientNote.objects.filter(provider=visit.provider, account=account)
    row = get_object_or_404(own, pk=note)
    if row.author_id != visit.user.pk and not visit.reach.is_head:
        raise Http404
    if "confirmed" not in request.POST:
        context = {
            "section": "clients",
            "heading": _("Remove this note?"),
            "words": row.text,
            "back": reverse("desk_client", args=[visit.provider.slug, account]) + "#notes",
        }
        return desk_page(request, "desk/client_remove.html", visit, context)
    remove_client_note(by=visit.actor, note_id=row.pk)
    messages.success(request, _("The note is removed."))
    return see_other("desk_client", visit.provider.slug, account, part="notes")
