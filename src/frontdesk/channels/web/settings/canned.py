"""Canned replies: ready answers with places that are filled when one is used."""

from dataclasses import dataclass, field

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from frontdesk.channels.web.posting import sent_from
from frontdesk.channels.web.refusals import words_for
from frontdesk.channels.web.render import see_other
from frontdesk.channels.web.settings.reading import one_id
from frontdesk.channels.web.settings.shell import settings_page
from frontdesk.channels.web.visit import StaffVisit, as_administrator
from frontdesk.support.actions.delete_canned_reply import delete_canned_reply
from frontdesk.support.actions.save_canned_reply import CannedText, save_canned_reply
from frontdesk.support.canned import PLACES
from frontdesk.support.errors import BadValue
from frontdesk.support.models import CannedReply


@dataclass(slots=True)
class CannedForm:
    """The form as it was typed; `errors` by field."""

    title: str = ""
    text: str = ""
    department: str = ""
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, row: CannedReply) -> "CannedForm":
        """Return what is saved."""
        return cls(row.title, row.text, str(row.department_id or ""))

    @classmethod
    def typed(cls, request: HttpRequest) -> "CannedForm":
        """Return what was typed."""
        post = request.POST
        return cls(post.get("title", ""), post.get("text", ""), post.get("department", ""))

    def canned(self) -> CannedText:
        """Return the form as the core reads it."""
        return CannedText(self.title, self.text, one_id(self.department))


@require_safe
@as_administrator
def canned_replies(request: HttpRequest, visit: StaffVisit) -> HttpResponse:
    """List the shared ready answers: everybody's first, then each department's."""
    rows = visit.provider.canned_replies.filter(owner__isnull=True).select_related("department")
    ordered = rows.defer("text").order_by("department__position", "title", "pk")
    everybodys = [row for row in ordered if row.department_id is None]
    others = [row for row in ordered if row.department_id is not None]
    context = {"section": "canned", "replies": everybodys + others}
    return settings_page(request, "settings/canned_replies.html", visit, context)


@require_http_methods(["GET", "HEAD", "POST"])
@as_administrator
def new_canned_reply(request: HttpRequest, visit: StaffVisit) -> HttpResponse:
    """Show an empty form, or keep the new answer."""
    if request.method == "POST":
        return _save(request, visit, None)
    return _show(request, visit, None, CannedForm())


@require_http_methods(["GET", "HEAD", "POST"])
@as_administrator
def canned_reply(request: HttpRequest, visit: StaffVisit, reply: int) -> HttpResponse:
    """Show a ready answer, or save it."""
    row = get_object_or_404(visit.provider.canned_replies, pk=reply, owner__isnull=True)
    if request.method == "POST":
        return _save(request, visit, row)
    return _show(request, visit, row, CannedForm.of(row))


@sent_from("settings_canned_reply", "provider", "reply")
@as_administrator
def delete(request: HttpRequest, visit: StaffVisit, reply: int) -> HttpResponse:
    """Delete a ready answer; the first press asks once more."""
    row = get_object_or_404(visit.provider.canned_replies, pk=reply, owner__isnull=True)
    if "confirmed" not in request.POST:
        context = {"section": "canned", "reply": row}
        return settings_page(request, "settings/delete_canned_reply.html", visit, context)
    try:
        delete_canned_reply(by=visit.actor, reply_id=reply)
    except CannedReply.DoesNotExist:
        raise Http404 from None
    messages.success(request, _("“%(title)s” is deleted.") % {"title": row.title})
    return see_other("settings_canned_replies", visit.provider.slug)


def _save(request: HttpRequest, visit: StaffVisit, row: CannedReply | None) -> HttpResponse:
    form = CannedForm.typed(request)
    try:
        save_canned_reply(by=visit.actor, canned=form.canned(), reply_id=row.pk if row else None)
    except BadValue as error:
        form.errors[error.field] = words_for(error)
        return _show(request, visit, row, form, status=422)
    messages.success(request, _("Settings saved."))
    return see_other("settings_canned_replies", visit.provider.slug)


def _show(
    request: HttpRequest,
    visit: StaffVisit,
    row: CannedReply | None,
    form: CannedForm,
    *,
    status: int = 200,
) -> HttpResponse:
    departments = visit.provider.departments.order_by("position", "id")
    context = {
        "section": "canned",
        "reply": row,
        "form": form,
        "choices": [("", _("Everybody")), *departments.values_list("pk", "name")],
        "places": list(PLACES.items()),
    }
    return settings_page(request, "settings/canned_reply.html", visit, context, status=status)
