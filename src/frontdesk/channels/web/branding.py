"""A provider's logo, for everybody: it stands on the sign-in page too."""

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from frontdesk.accounts.models import Provider


@require_GET
@cache_control(public=True, max_age=365 * 24 * 3600, immutable=True)
def logo(_request: HttpRequest, provider: str) -> HttpResponse:
    """Send the logo as it was drawn by us; its address carries the version it is for."""
    key = get_object_or_404(Provider.objects.only("logo"), slug=provider).logo
    if not key:
        raise Http404
    try:
        with default_storage.open(key) as file:
            drawn = file.read()
    except FileNotFoundError:
        raise Http404 from None
    response = HttpResponse(drawn, content_type="image/webp")
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
