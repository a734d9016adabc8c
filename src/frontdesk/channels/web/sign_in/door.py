"""What the pages around sign-in show: whose door it is, and the way back."""

from typing import Any

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse

from frontdesk.accounts.models import Provider

# In the session: at which provider a person opened his profile last.
CAME_FROM = "came_from"


def door_context(request: HttpRequest) -> dict[str, Any]:
    """Return the provider whose name and colour the page shows; none where that is open."""
    provider = _provider_of(request)
    return {"provider": provider} if provider else {}


class Door:
    """Adds to a view of allauth what our pages show; a form that is wrong comes back as 422."""

    request: HttpRequest
    form_status = 422

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add whose door it is."""
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]  # mixin
        return context | door_context(self.request)

    def form_invalid(self, form: Any) -> HttpResponse:
        """Show the form again, with what was typed and what is wrong."""
        response: HttpResponse = self.render_to_response(  # type: ignore[attr-defined]  # mixin
            self.get_context_data(form=form), status=self.form_status
        )
        return response


def _provider_of(request: HttpRequest) -> Provider | None:
    for slug in (_slug_of_next(request), request.session.get(CAME_FROM, "")):
        if slug and (provider := Provider.objects.filter(slug=slug).first()):
            return provider
    first_two = list(Provider.objects.order_by("pk")[:2])
    return first_two[0] if len(first_two) == 1 else None


def _slug_of_next(request: HttpRequest) -> str:
    path = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME, "")
    return path.split("/")[1] if path.startswith("/") else ""
