"""What every form that sends a message shares: its key, its files, its draft."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.views.decorators.http import require_http_methods, require_POST

from frontdesk.channels.web.limits import UPLOAD, limit
from frontdesk.channels.web.refusals import file_words
from frontdesk.channels.web.render import page
from frontdesk.channels.web.visit import (
    ClientVisit,
    StaffVisit,
    as_either,
    client_visit,
)
from frontdesk.support.actions.receive_file import receive_file
from frontdesk.support.actions.remove_file import remove_file
from frontdesk.support.actions.save_draft import DraftText, new_key, save_draft
from frontdesk.support.errors import FileRefused
from frontdesk.support.models import Draft, DraftKind, Ticket, Upload

Visit = ClientVisit | StaffVisit

KEY_LENGTH = 64


def form_key(request: HttpRequest) -> str:
    """Return the key of the form that was posted, or a new one if it has none that can be."""
    key = request.POST.get("key", "").strip()[:KEY_LENGTH]
    return key if key and key.isprintable() else new_key()


def take_files(request: HttpRequest, visit: Visit, key: str) -> list[FileRefused]:
    """Store the form's own files under its key; return those that were refused.

    Also obeys the *Remove* button of a file that was stored before.
    """
    if unwanted := request.POST.get("remove_file", ""):
        _remove(visit, unwanted)
    refused = []
    for file in request.FILES.getlist("files"):
        try:
            _receive(visit, file, key)
        except FileRefused as error:
            refused.append(error)
    return refused


def waiting_files(visit: Visit, key: str) -> list[Upload]:
    """Return the files that wait in the form with this key, in the order they came."""
    rows = Upload.objects.filter(user_id=visit.user.pk, provider_id=visit.provider.pk, key=key)
    return list(rows.order_by("id"))


@require_POST
@as_either
def upload(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Store one file at once and answer with its row for the form's list."""
    limit(UPLOAD, request, visit)
    file = request.FILES.get("file")
    if file is None:
        return HttpResponse(status=400)
    try:
        row = _receive(visit, file, form_key(request))
    except FileRefused as error:
        context = {"name": error.name, "reason": file_words(error)}
        return page(request, "parts/refused_file.html", visit, context, status=422)
    return page(request, "parts/waiting_file.html", visit, {"file": row}, status=201)


@require_POST
@as_either
def remove_upload(request: HttpRequest, visit: Visit, upload: int) -> HttpResponse:
    """Take one file out of a form that is not sent yet."""
    _remove(visit, str(upload))
    return HttpResponse(status=204)


@require_http_methods(["GET", "HEAD", "POST"])
@as_either
def keep_draft(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Keep what was typed; say so with the time, or that the form was sent meanwhile.

    Asked without a text: say what is kept, which another window may have typed.
    """
    asked = request.POST if request.method == "POST" else request.GET
    try:
        kind = DraftKind(asked.get("kind", ""))
    except ValueError:
        return HttpResponse(status=400)
    ticket = None
    if number := asked.get("ticket", ""):
        visit, ticket = _visible_ticket(request, visit, number)
        if ticket is None:
            return HttpResponse(status=404)
    if request.method != "POST":
        return _kept_draft(visit, kind, ticket)
    draft = DraftText(
        kind=kind,
        text=request.POST.get("message", ""),
        key=form_key(request),
        choices=_choices(request),
    )
    kept = save_draft(by=visit.actor, draft=draft, ticket=ticket)
    if kept is None:
        return JsonResponse({"sent": True}, status=409)
    return JsonResponse({"saved_at": _clock(kept)})


def _kept_draft(visit: Visit, kind: DraftKind, ticket: Ticket | None) -> HttpResponse:
    own = Draft.objects.filter(user_id=visit.user.pk, provider_id=visit.provider.pk)
    kept = own.filter(kind=kind, ticket=ticket).first()
    return JsonResponse({"text": kept.text, "saved_at": _clock(kept)} if kept else {})


def _clock(draft: Draft) -> str:
    return format_date(timezone.localtime(draft.updated_at), "H:i")


def _receive(visit: Visit, file: "UploadedFile[bytes]", key: str) -> Upload:
    return receive_file(by=visit.actor, file=file, name=file.name or "", key=key)


def _remove(visit: Visit, upload_id: str) -> None:
    try:
        remove_file(by=visit.actor, upload_id=int(upload_id))
    except (ValueError, Upload.DoesNotExist):
        return  # gone already, which is what was asked


def _visible_ticket(request: HttpRequest, visit: Visit, number: str) -> tuple[Visit, Ticket | None]:
    """Load the ticket as staff or, for those who are both, as a client."""
    visits: list[Visit] = [visit]
    if isinstance(visit, StaffVisit) and (client := client_visit(request, visit.provider.slug)):
        visits.append(client)
    for one in visits:
        tickets = Ticket.objects.visible_to(one.reach)
        if number.isdigit() and (found := tickets.filter(pk=int(number[:18])).first()):
            return one, found
    return visit, None


def _choices(request: HttpRequest) -> dict[str, Any]:
    names = ("department", "service", "account", "about")
    chosen = {name: request.POST.get(name, "")[:20] for name in names}
    return {name: value for name, value in chosen.items() if value}
