"""Answers with a page: adds what the shell around every page shows."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from frontdesk.channels.web.visit import COUNT_BOUND, ClientVisit, StaffVisit

__all__ = ["COUNT_BOUND", "client_page", "page"]


def page(
    request: HttpRequest,
    template: str,
    visit: ClientVisit | StaffVisit,
    context: dict[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    """Render a page or a fragment for a visitor; `status` 422 brings a form back."""
    context = {"visit": visit, "provider": visit.provider, **context}
    return render(request, template, context, status=status)


def client_page(
    request: HttpRequest,
    template: str,
    visit: ClientVisit,
    context: dict[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    """Render a whole page in the client's shell, with its unread counter."""
    context = {"unread_notifications": visit.unread, **context}
    return page(request, template, visit, context, status=status)
