"""Staff: who they are, what they may do, in which departments they answer."""

from dataclasses import dataclass, field

from django.contrib import messages
from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from frontdesk.accounts.models import Staff
from frontdesk.accounts.models.staff import Role
from frontdesk.channels.web.refusals import words_for
from frontdesk.channels.web.render import see_other
from frontdesk.channels.web.settings.reading import ids
from frontdesk.channels.web.settings.shell import settings_page
from frontdesk.channels.web.sign_in.mail import sends_mail
from frontdesk.channels.web.sign_in.sessions import end_sessions_of, need_fresh_sign_in
from frontdesk.channels.web.visit import StaffVisit, as_administrator
from frontdesk.support.actions.invite_staff import invite_staff
from frontdesk.support.actions.save_staff import StaffChange, save_staff
from frontdesk.support.errors import BadValue
from frontdesk.support.invitations import Invitee

# What each role may do, beside its name.
ROLE_WORDS = {
    Role.AGENT: gettext_lazy("Reads and answers tickets of the departments below."),
    Role.HEAD: gettext_lazy("Reads and answers tickets of all departments."),
    Role.ADMINISTRATOR: gettext_lazy("As a head, and changes these settings."),
}


@dataclass(slots=True)
class StaffForm:
    """The form as it was typed; `errors` by field. E-mail and name only of a new one."""

    email: str = ""
    name: str = ""
    role: str = Role.AGENT
    departments: frozenset[int] = frozenset()
    is_active: bool = True
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, row: Staff) -> "StaffForm":
        """Return what is saved."""
        seated = frozenset(row.seats.values_list("department_id", flat=True))
        return cls(role=row.role, departments=seated, is_active=row.is_active)

    @classmethod
    def typed(cls, request: HttpRequest) -> "StaffForm":
        """Return what was typed."""
        post = request.POST
        return cls(
            email=post.get("email", ""),
            name=post.get("name", ""),
            role=post.get("role", ""),
            departments=ids(post.getlist("departments")),
            is_active="deactivate" not in post,
        )

    def change(self) -> StaffChange:
        """Return the form as the core reads it."""
        return StaffChange(self.role, self.departments, self.is_active)


@require_safe
@as_administrator
def staff(request: HttpRequest, visit: StaffVisit) -> HttpResponse:
    """List the staff, those who left at the end."""
    rows = (
        Staff.objects.filter(provider=visit.provider)
        .select_related("user")
        .annotate(
            seated_in=ArrayAgg("departments__name", filter=Q(departments__isnull=False), default=[])
        )
        .order_by("-is_active", "user__name", "pk")
    )
    context = {"section": "staff", "staff": list(rows)}
    return settings_page(request, "settings/staff.html", visit, context)


@require_http_methods(["GET", "HEAD", "POST"])
@as_administrator
def invite(request: HttpRequest, visit: StaffVisit) -> HttpResponse:
    """Show the form of an invitation, or send it."""
    if request.method != "POST":
        return _show(request, visit, None, StaffForm())
    need_fresh_sign_in(request)
    form = StaffForm.typed(request)
    try:
        row = invite_staff(
            by=visit.actor, invitee=Invitee(form.email, form.name), change=form.change()
        )
    except BadValue as error:
        form.errors[error.field] = words_for(error)
        return _show(request, visit, None, form, status=422)
    words = _("%(name)s is invited. The mail is on its way to %(email)s.")
    messages.success(request, words % {"name": row.user.name, "email": row.user.email})
    return see_other("settings_staff", visit.provider.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@as_administrator
def staff_member(request: HttpRequest, visit: StaffVisit, member: int) -> HttpResponse:
    """Show a staff member, or save what he may do."""
    own = Staff.objects.filter(provider=visit.provider).select_related("user")
    row = get_object_or_404(own, pk=member)
    if request.method != "POST":
        return _show(request, visit, row, StaffForm.of(row))
    need_fresh_sign_in(request)
    form = StaffForm.typed(request)
    try:
        saved = save_staff(by=visit.actor, staff_id=row.pk, change=form.change())
    except BadValue as error:
        form.errors[error.field] = words_for(error)
        form.is_active = row.is_active
        return _show(request, visit, row, form, status=422)
    if (saved.role, saved.is_active) != (row.role, row.is_active):
        end_sessions_of(saved.user_id, request)
    messages.success(request, _("Settings saved."))
    return see_other("settings_staff", visit.provider.slug)


def _show(
    request: HttpRequest,
    visit: StaffVisit,
    row: Staff | None,
    form: StaffForm,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "section": "staff",
        "member": row,
        "form": form,
        "sends_mail": sends_mail(),
        "roles": [(role, role.label, ROLE_WORDS[role]) for role in Role],
        "departments": list(visit.provider.departments.order_by("position", "id")),
    }
    return settings_page(request, "settings/staff_member.html", visit, context, status=status)
