"""A list of services from a file: chosen, looked at row by row, then imported."""

from dataclasses import dataclass
from itertools import islice

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from frontdesk.accounts.models import Service
from frontdesk.accounts.models.service import ServiceKind, ServiceStatus
from frontdesk.channels.web.desk.rail import desk_page
from frontdesk.channels.web.desk.service_words import file_refused, row_refused
from frontdesk.channels.web.render import see_other
from frontdesk.channels.web.visit import StaffVisit, as_staff
from frontdesk.shared.csv_cells import csv_lines
from frontdesk.support.actions.import_services import ServicesChanged, import_services
from frontdesk.support.actions.upload_services import upload_services
from frontdesk.support.models import ServiceImport
from frontdesk.support.service_file import (
    COLUMNS,
    MOST_BYTES,
    MOST_ROWS,
    BadServiceFile,
    read_services,
)
from frontdesk.support.service_plan import Line, Outcome, Plan, plan_services

A_PAGE = 200
TITLES = {
    Outcome.REFUSED: gettext_lazy("Refused"),
    Outcome.CHANGED: gettext_lazy("Changed"),
    Outcome.NEW: gettext_lazy("New"),
    Outcome.UNCHANGED: gettext_lazy("Unchanged"),
}
EXAMPLES = (
    ("1001", "vps-1001", "shop.example.com", "vps", "VPS M", "active", "2027-01-31"),
    ("1001", "dom-2001", "example.com", "domain", ".com", "active", "2027-06-15"),
    ("#12", "host-3001", "blog.example.org", "hosting", "Web S", "suspended", ""),
)


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """A row of the file with what becomes of it; `why` says it of a refused one."""

    line: Line
    title: str
    why: str


@require_http_methods(["GET", "HEAD", "POST"])
@as_staff
def choose_list(request: HttpRequest, visit: StaffVisit) -> HttpResponse:
    """Ask for a file and say what it may hold, or take it and lead to its preview."""
    _need_head(visit)
    file = request.FILES.get("file")
    if request.method != "POST":
        return _choose(request, visit, "")
    if file is None:
        return _choose(request, visit, _("Choose a file first."))
    try:
        # One byte more than may be: enough to be told that it is too large.
        content = file.read(MOST_BYTES + 1)
        upload = upload_services(by=visit.actor, name=file.name or "", content=content)
    except BadServiceFile as error:
        return _choose(request, visit, file_refused(error))
    return see_other("desk_services_preview", visit.provider.slug, upload.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@as_staff
def preview_list(request: HttpRequest, visit: StaffVisit, upload: int) -> HttpResponse:
    """Show what the file would change, or do exactly that."""
    _need_head(visit)
    row = get_object_or_404(ServiceImport, pk=upload, provider=visit.provider)
    if request.method != "POST":
        return _preview(request, visit, row)
    try:
        digest = request.POST.get("digest", "")
        row = import_services(by=visit.actor, import_id=row.pk, digest=digest)
    except ServicesChanged:
        words = _("The services changed since you looked. This is what would change now.")
        messages.error(request, words)
        return see_other("desk_services_preview", visit.provider.slug, row.pk)
    return see_other("desk_services_preview", visit.provider.slug, row.pk)


@require_safe
@as_staff
def list_template(request: HttpRequest, visit: StaffVisit) -> HttpResponse:
    """Send a file with the columns and a few rows to write over."""
    _need_head(visit)
    # With a mark of byte order, without which spreadsheets take UTF-8 for something else.
    text = "\ufeff" + "".join(csv_lines([COLUMNS, *EXAMPLES]))
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="services.csv"'
    return response


def _need_head(visit: StaffVisit) -> None:
    if not visit.reach.is_head:
        raise Http404


def _choose(request: HttpRequest, visit: StaffVisit, error: str) -> HttpResponse:
    context = {
        "section": "clients",
        "errors": {"file": error} if error else {},
        "most_rows": MOST_ROWS,
        "most_bytes": MOST_BYTES,
        "kinds": ", ".join(ServiceKind.values),
        "statuses": ", ".join(ServiceStatus.values),
        "name_length": Service._meta.get_field("name").max_length,
    }
    status = 422 if error else 200
    return desk_page(request, "desk/services_choose.html", visit, context, status=status)


def _preview(request: HttpRequest, visit: StaffVisit, row: ServiceImport) -> HttpResponse:
    context = {"section": "clients", "upload": row}
    if row.applied_at is None:
        plan = plan_services(visit.provider.pk, read_services(bytes(row.content)))
        context |= _table(request, plan)
    return desk_page(request, "desk/services_preview.html", visit, context)


def _table(request: HttpRequest, plan: Plan) -> dict[str, object]:
    """Return the part of the plan that the address asks for: one outcome or all, a page of it."""
    wanted = request.GET.get("show", "")
    shown = Outcome(wanted) if wanted in set(Outcome) else None
    lines = plan.of(shown) if shown else plan.lines
    page = _page_number(request.GET.get("page", ""), len(lines))
    on_page = islice(lines, page * A_PAGE, (page + 1) * A_PAGE)
    return {
        "plan": plan,
        "to_do": plan.counts[Outcome.NEW] + plan.counts[Outcome.CHANGED],
        "refused": plan.counts[Outcome.REFUSED],
        "show": shown or "",
        "tabs": [(outcome, TITLES[outcome], plan.counts[outcome]) for outcome in TITLES],
        "lines": [_shown(line) for line in on_page],
        "page": page,
        "has_more": (page + 1) * A_PAGE < len(lines),
    }


def _page_number(text: str, count: int) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
    return number if number * A_PAGE < count else 0


def _shown(line: Line) -> PreviewLine:
    why = row_refused(line) if line.outcome is Outcome.REFUSED else ""
    return PreviewLine(line, str(TITLES[line.outcome]), why)
