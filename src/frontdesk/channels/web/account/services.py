"""What a client bought here, and the way to ask about it."""

from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from frontdesk.accounts.models import Member, Service
from frontdesk.accounts.models.service import ServiceKind
from frontdesk.channels.web.account.shell import own_page
from frontdesk.channels.web.visit import ClientVisit, StaffVisit, as_either

A_PAGE = 50
MOST_DIGITS = 18
ICONS = {ServiceKind.DOMAIN: "globe", ServiceKind.HOSTING: "disk"}


@require_safe
@as_either
def services(request: HttpRequest, visit: ClientVisit | StaffVisit) -> HttpResponse:
    """List the services of the person's accounts by name, a page at a time."""
    own = services_of(visit)
    text = " ".join(request.GET.get("q", "").split())[:80]
    if text:
        own = own.filter(Q(name__icontains=text) | Q(external_id__icontains=text))
    rows = list(_after(own, request.GET.get("after", ""))[: A_PAGE + 1])
    shown = rows[:A_PAGE]
    context = {
        "section": "services",
        "rows": [(row, ICONS.get(ServiceKind(row.kind), "server")) for row in shown],
        "q": text,
        "more": urlencode({"q": text, "after": shown[-1].pk}) if len(rows) > A_PAGE else "",
        "is_first_page": "after" not in request.GET,
        "has_several_accounts": len({row.account_id for row in shown}) > 1,
        "may_ask": isinstance(visit, ClientVisit) or visit.is_client_too,
    }
    return own_page(request, "person/services.html", visit, context)


def services_of(visit: ClientVisit | StaffVisit) -> QuerySet[Service]:
    """Return the services of the person's accounts at this provider, by name."""
    member = Member.objects.filter(user=visit.user.pk, provider=visit.provider)
    own = Service.objects.filter(account__in=member.values("account_id"))
    return own.select_related("account").order_by("name", "pk")


def _after(own: QuerySet[Service], key: str) -> QuerySet[Service]:
    """Go on after the service that the last page ended with; from the start if it is not own."""
    if not (key.isascii() and key.isdigit() and len(key) <= MOST_DIGITS):
        return own
    last = own.filter(pk=key).first()
    if last is None:
        return own
    return own.filter(Q(name__gt=last.name) | Q(name=last.name, pk__gt=last.pk))
