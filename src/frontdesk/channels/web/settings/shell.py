"""What each page of settings stands in."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from frontdesk.channels.web.render import page
from frontdesk.channels.web.visit import StaffVisit


def settings_page(
    request: HttpRequest,
    template: str,
    visit: StaffVisit,
    context: dict[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    """Render a page of settings; `section` of the context is marked in the menu."""
    return page(request, template, visit, context, status=status)
