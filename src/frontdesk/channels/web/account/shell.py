"""Which shell a person's own pages stand in: the client's, or the side room of the desk."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from frontdesk.channels.web.render import client_page, page
from frontdesk.channels.web.shells import in_shell
from frontdesk.channels.web.visit import ClientVisit, StaffVisit


def own_page(
    request: HttpRequest,
    template: str,
    visit: ClientVisit | StaffVisit,
    context: dict[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    """Render one of a person's own pages in the shell of the side he came from."""
    if isinstance(visit, ClientVisit):
        template = in_shell(template, "client/layout.html")
        return client_page(request, template, visit, context, status=status)
    template = in_shell(template, "person/staff.html")
    return page(request, template, visit, context, status=status)
