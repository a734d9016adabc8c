"""The services of a client, kept by hand at the desk: the form of one."""

from dataclasses import dataclass, field
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from frontdesk.accounts.models import Account, Service
from frontdesk.accounts.models.service import ServiceKind, ServiceStatus
from frontdesk.channels.web.desk.rail import desk_page
from frontdesk.channels.web.refusals import words_for
from frontdesk.channels.web.render import see_other
from frontdesk.channels.web.visit import StaffVisit, as_staff
from frontdesk.support.actions.put_service import ServiceFacts
from frontdesk.support.actions.save_service import save_service
from frontdesk.support.errors import BadValue

# What no rule lets pass: it comes back as "not a day".
NO_DAY = date.min


@dataclass(slots=True)
class ServiceForm:
    """A service as it was typed; `errors` by field."""

    service_id: str = ""
    name: str = ""
    kind: str = ServiceKind.VPS
    plan: str = ""
    status: str = ServiceStatus.ACTIVE
    expires_on: str = ""
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, row: Service) -> "ServiceForm":
        """Return what is saved."""
        until = row.expires_on.isoformat() if row.expires_on else ""
        return cls(row.external_id, row.name, row.kind, row.plan, row.status, until)

    @classmethod
    def typed(cls, request: HttpRequest) -> "ServiceForm":
        """Return what was typed."""
        post = request.POST
        return cls(
            service_id=post.get("service_id", ""),
            name=post.get("name", ""),
            kind=post.get("kind", ""),
            plan=post.get("plan", ""),
            status=post.get("status", ""),
            expires_on=post.get("expires_on", ""),
        )

    def facts(self) -> ServiceFacts:
        """Return the form as the core reads it."""
        return ServiceFacts(self.name, self.kind, self.plan, self.status, self._day())

    def _day(self) -> date | None:
        if not self.expires_on.strip():
            return None
        try:
            return date.fromisoformat(self.expires_on.strip())
        except ValueError:
            return NO_DAY


@require_http_methods(["GET", "HEAD", "POST"])
@as_staff
def service(
    request: HttpRequest, visit: StaffVisit, account: int, service: int | None = None
) -> HttpResponse:
    """Show a service of a client, or an empty form; or save it."""
    owner = get_object_or_404(Account, pk=account, provider=visit.provider)
    row = get_object_or_404(Service, pk=service, account=owner) if service is not None else None
    if request.method != "POST":
        return _show(request, visit, owner, row, ServiceForm.of(row) if row else ServiceForm())
    form = ServiceForm.typed(request)
    try:
        saved = save_service(
            by=visit.actor,
            account_id=owner.pk,
            external_id=form.service_id,
            facts=form.facts(),
            service_id=service,
        )
    except BadValue as error:
        form.errors[error.field] = words_for(error)
        return _show(request, visit, owner, row, form)
    words = _("%(name)s is saved.") if row else _("%(name)s is added.")
    messages.success(request, words % {"name": saved.name})
    return see_other("desk_client", visit.provider.slug, owner.pk, part="services")


def _show(
    request: HttpRequest, visit: StaffVisit, owner: Account, row: Service | None, form: ServiceForm
) -> HttpResponse:
    context = {
        "section": "clients",
        "account": owner,
        "row": row,
        "form": form,
        "kinds": ServiceKind.choices,
        "statuses": ServiceStatus.choices,
    }
    status = 422 if form.errors else 200
    return desk_page(request, "desk/service.html", visit, context, status=status)
