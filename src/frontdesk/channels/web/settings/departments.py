"""Departments: their order, what clients see of them, and who answers in them."""

from dataclasses import dataclass, field

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from frontdesk.accounts.models import Staff
from frontdesk.channels.web.counting import COUNT_BOUND
from frontdesk.channels.web.posting import sent_from
from frontdesk.channels.web.refusals import words_for
from frontdesk.channels.web.render import see_other
from frontdesk.channels.web.settings.reading import ids
from frontdesk.channels.web.settings.shell import settings_page
from frontdesk.channels.web.visit import StaffVisit, as_administrator
from frontdesk.support.actions.move_department import move_department
from frontdesk.support.actions.save_department import DepartmentChange, save_department
from frontdesk.support.errors import BadValue
from frontdesk.support.models import Department, DepartmentSeat, Ticket


@dataclass(slots=True)
class DepartmentForm:
    """The form as it was typed; `errors` by field."""

    name: str = ""
    description: str = ""
    hours: str = ""
    is_visible: bool = True
    staff: frozenset[int] = frozenset()
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, row: Department) -> "DepartmentForm":
        """Return what is saved."""
        seated = DepartmentSeat.objects.filter(department=row).values_list("staff_id", flat=True)
        return cls(row.name, row.description, row.hours, row.is_visible, frozenset(seated))

    @classmethod
    def typed(cls, request: HttpRequest) -> "DepartmentForm":
        """Return what was typed."""
        post = request.POST
        return cls(
            name=post.get("name", ""),
            description=post.get("description", ""),
            hours=post.get("hours", ""),
            is_visible="is_visible" in post,
            staff=ids(post.getlist("staff")),
        )

    def change(self) -> DepartmentChange:
        """Return the form as the core reads it."""
        return DepartmentChange(
            name=self.name,
            description=self.description,
            hours=self.hours,
            is_visible=self.is_visible,
            staff_ids=self.staff,
        )


@require_safe
@as_administrator
def departments(request: HttpRequest, visit: StaffVisit) -> HttpResponse:
    """List the departments in the order in which clients see them."""
    active = Count("staff", filter=Q(staff__is_active=True))
    rows = visit.provider.departments.annotate(people=active).order_by("position", "id")
    context = {"section": "departments", "departments": list(rows)}
    return settings_page(request, "settings/departments.html", visit, context)


@require_http_methods(["GET", "HEAD", "POST"])
@as_administrator
def new_department(request: HttpRequest, visit: StaffVisit) -> HttpResponse:
    """Show an empty form, or make the department."""
    if request.method == "POST":
        return _save(request, visit, None)
    return _show(request, visit, None, DepartmentForm())


@require_http_methods(["GET", "HEAD", "POST"])
@as_administrator
def department(request: HttpRequest, visit: StaffVisit, department: int) -> HttpResponse:
    """Show a department, or save it."""
    row = get_object_or_404(visit.provider.departments, pk=department)
    if request.method == "POST":
        return _save(request, visit, row)
    return _show(request, visit, row, DepartmentForm.of(row))


@sent_from("settings_departments", "provider")
@as_administrator
def move(request: HttpRequest, visit: StaffVisit, department: int) -> HttpResponse:
    """Move a department one place up or down."""
    steps = -1 if "up" in request.POST else 1
    try:
        move_department(by=visit.actor, department_id=department, steps=steps)
    except Department.DoesNotExist:
        raise Http404 from None
    return see_other("settings_departments", visit.provider.slug, part=f"department-{department}")


def _save(request: HttpRequest, visit: StaffVisit, row: Department | None) -> HttpResponse:
    form = DepartmentForm.typed(request)
    if "hide" in request.POST or "show" in request.POST:
        form.is_visible = "show" in request.POST
    try:
        saved = save_department(
            by=visit.actor, change=form.change(), department_id=row.pk if row else None
        )
    except BadValue as error:
        form.errors[error.field] = words_for(error)
        return _show(request, visit, row, form, status=422)
    messages.success(request, _done_words(request, saved))
    return see_other("settings_departments", visit.provider.slug)


def _done_words(request: HttpRequest, saved: Department) -> str:
    name = {"name": saved.name}
    if "hide" in request.POST:
        return _("%(name)s is hidden. Its tickets stay.") % name
    return _("Settings saved.")


def _show(
    request: HttpRequest,
    visit: StaffVisit,
    row: Department | None,
    form: DepartmentForm,
    *,
    status: int = 200,
) -> HttpResponse:
    people = Staff.objects.filter(provider=visit.provider, is_active=True).select_related("user")
    context = {
        "section": "departments",
        "department": row,
        "form": form,
        "people": list(people.order_by("user__name", "pk")),
        "open_tickets": _open_tickets(row) if row else 0,
    }
    return settings_page(request, "settings/department.html", visit, context, status=status)


def _open_tickets(row: Department) -> int:
    tickets = Ticket.objects.filter(provider_id=row.provider_id, department=row).open()
    return len(tickets.values_list("pk", flat=True)[:COUNT_BOUND])
