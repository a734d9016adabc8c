"""Answers with a page: adds what the shell around every page shows."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from frontdesk.channels.web.visit import ClientVisit, StaffVisit


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


def see_other(name: str, *args: object, query: str = "", part: str = "") -> HttpResponse:
    """Lead to a named page after an act: 303, so that a reload does not act again."""
    address = reverse(name, args=args) + query + (f"#{part}" if part else "")
    return HttpResponseRedirect(address, status=303)
