"""The queue: one view of the desk, as a dense list."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from frontdesk.accounts.models import Staff
from frontdesk.channels.web.dates import Clock
from frontdesk.channels.web.desk.place import OLDEST_WAITING_FIRST, Place
from frontdesk.channels.web.desk.rail import desk_page, load_rail
from frontdesk.channels.web.desk.rows import QueueRows, Row, load_page
from frontdesk.channels.web.visit import StaffVisit, as_staff
from frontdesk.shared.keyset import Page
from frontdesk.support.models import Priority


@require_GET
@as_staff
def queue(request: HttpRequest, visit: StaffVisit) -> HttpResponse:
    """Show one page of a view; `?filter=open` shows the filters' panel."""
    place = Place.of(request.GET)
    rail = load_rail(visit.reach)
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    shown = load_page(visit, place, after=after, before=before)
    department = rail.department(place.department) if place.department else None
    # Where all are of one department, its name stands above them.
    names = {} if department else {line.pk: line.name for line in rail.departments}
    clock = Clock()
    context = {
        "place": place,
        "rail": rail,
        "rows": QueueRows(shown.rows, visit.provider.slug, place, names, clock),
        "pager": shown,
        "department": department,
        "priorities": Priority.choices,
        "oldest": _oldest_wait(request, place, shown, clock),
        **_filters(request, visit, place),
    }
    return desk_page(request, "desk/queue.html", visit, context)


def _oldest_wait(request: HttpRequest, place: Place, shown: Page[Row], clock: Clock) -> str:
    """The first row of the first page has waited longest; on others nobody can tell."""
    is_first = not shown.before and "before" not in request.GET
    if place.list.order != OLDEST_WAITING_FIRST or place.q or not is_first or not shown.rows:
        return ""
    since = shown.rows[0].waiting_since
    return clock.short_wait(since) if since else ""


def _filters(request: HttpRequest, visit: StaffVisit, place: Place) -> dict[str, Any]:
    """What the panel of filters offers; loaded only when it is open."""
    if request.GET.get("filter") != "open" and not place.filters:
        return {"filter_open": False}
    colleagues = Staff.objects.filter(provider=visit.provider, is_active=True)
    return {
        "filter_open": True,
        "colleagues": list(colleagues.order_by("user__name", "pk").values_list("pk", "user__name")),
    }
