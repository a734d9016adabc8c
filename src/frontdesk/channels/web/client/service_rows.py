"""One row of the list of services on Home."""

from dataclasses import dataclass

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from frontdesk.accounts.models import Service
from frontdesk.accounts.models.service import ServiceKind, ServiceStatus
from frontdesk.channels.web.visit import ClientVisit

ICONS = {ServiceKind.DOMAIN: "globe", ServiceKind.HOSTING: "disk"}


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A service in words; `is_held` marks one that does not run."""

    pk: int
    name: str
    detail: str
    icon: str
    is_held: bool


def service_rows(visit: ClientVisit, *, most: int) -> list[ServiceRow]:
    """Return the first services that have not ended, by name."""
    own = Service.objects.filter(account_id__in=visit.reach.accounts)
    running = own.exclude(status=ServiceStatus.ENDED).order_by("name", "id")
    return [_row(service) for service in running[:most]]


def _row(service: Service) -> ServiceRow:
    detail = [service.plan or str(ServiceKind(service.kind).label)]
    is_held = service.status == ServiceStatus.SUSPENDED
    if is_held:
        detail.insert(0, str(ServiceStatus.SUSPENDED.label))
    elif service.kind == ServiceKind.DOMAIN and service.expires_on:
        detail.append(_("renews %(date)s") % {"date": format_date(service.expires_on, "j M Y")})
    icon = ICONS.get(ServiceKind(service.kind), "server")
    return ServiceRow(service.pk, service.name, " · ".join(detail), icon, is_held)
