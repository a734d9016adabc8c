"""What support has earned: a table, bars, and a CSV file."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from frontdesk.billing.revenue import GroupBy, revenue_csv_rows, revenue_report, total
from frontdesk.channels.web.settings.shell import settings_page
from frontdesk.channels.web.visit import StaffVisit, as_administrator
from frontdesk.shared.csv_cells import csv_lines

# A year ago, from the first day of that month.
SHOWN_DAYS = 365


@require_safe
@as_administrator
def revenue(request: HttpRequest, visit: StaffVisit) -> HttpResponseBase:
    """Show what was earned by month, department or account; as CSV where that is asked."""
    zone = ZoneInfo(visit.provider.time_zone)
    today = timezone.now().astimezone(zone).date()
    begin = (today - timedelta(days=SHOWN_DAYS)).replace(day=1)
    since = _read_day(request.GET.get("since", "")) or begin
    until = _read_day(request.GET.get("until", "")) or max(since, today)
    since, until = min(since, until), max(since, until)
    by = request.GET.get("by", "")
    group_by = GroupBy(by) if by in GroupBy.values else GroupBy.MONTH
    lines = revenue_report(
        visit.provider,
        since=datetime.combine(since, time(), zone),
        until=datetime.combine(until + timedelta(days=1), time(), zone),
        group_by=group_by,
    )
    if "csv" in request.GET:
        return _csv(csv_lines(revenue_csv_rows(lines, group_by)), f"revenue-{since}-{until}.csv")
    context = {
        "section": "revenue",
        "lines": lines,
        "total": total(lines) if lines else None,
        "most": max((line.figures.earned for line in lines), default=0),
        "group_by": group_by,
        "groups": GroupBy.choices,
        "since": since.isoformat(),
        "until": until.isoformat(),
    }
    return settings_page(request, "settings/revenue.html", visit, context)


def _csv(lines: Iterator[str], name: str) -> HttpResponseBase:
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _read_day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 2000 <= day.year <= 9000 else None
