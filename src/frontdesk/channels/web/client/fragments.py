"""Which part of a page a request asks for."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails


def wanted_part(request: HttpRequest) -> str | None:
    """Return the id of the element that htmx will fill, None for a whole page.

    Going back in the history asks by htmx too, and wants the whole page.
    """
    htmx: HtmxDetails = request.htmx  # type: ignore[attr-defined]  # its middleware adds it
    if not htmx or htmx.history_restore_request:
        return None
    return htmx.target or ""
