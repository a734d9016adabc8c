"""Answers with a page: adds what the shell around every page shows."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from frontdesk.channels.web.visit import ClientVisit, StaffVisit
from frontdesk.notifications.models import Notification

# Counters stop here: "99+".
COUNT_BOUND = 100


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
    context = {"unread_notifications": unread_notifications(visit), **context}
    return page(request, template, visit, context, status=status)


def unread_notifications(visit: ClientVisit | StaffVisit) -> int:
    """Return how many notifications are unread, counted up to the bound."""
    rows = Notification.objects.of(user_id=visit.user.pk, provider_id=visit.provider.pk).unread()
    return len(rows.values_list("id", flat=True)[:COUNT_BOUND])
