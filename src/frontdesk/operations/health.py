"""The pages that machines look at: alive, ready, and figures."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe

from frontdesk.operations.checks import readiness_problems
from frontdesk.operations.metrics import figures

LOOPBACK = ("127.0.0.1", "::1")
# A proxy on this machine comes from the loopback as well, and says so in one of these.
PROXY_HEADERS = ("X-Forwarded-For", "Forwarded", "X-Real-Ip", "Via")


@require_safe
def healthz(_: HttpRequest) -> HttpResponse:
    """Answer while this process lives, whatever else is broken."""
    return HttpResponse("alive\n", content_type="text/plain")


@require_safe
def readyz(_: HttpRequest) -> JsonResponse:
    """Answer 200 when everything is ready, else 503 with each failing part by name."""
    found = readiness_problems()
    answer = {"ready": not found, "problems": {each.part: each.cause for each in found}}
    return JsonResponse(answer, status=503 if found else 200)


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Give Prometheus the figures: to this machine, or to whoever has METRICS_TOKEN."""
    if not _may_see_figures(request):
        return HttpResponse("not found\n", status=404, content_type="text/plain")
    text, content_type = figures()
    return HttpResponse(text, content_type=content_type)


def _may_see_figures(request: HttpRequest) -> bool:
    if settings.METRICS_TOKEN:
        given = request.headers.get("Authorization", "")
        return constant_time_compare(given, f"Bearer {settings.METRICS_TOKEN}")
    is_proxied = any(name in request.headers for name in PROXY_HEADERS)
    return request.META.get("REMOTE_ADDR") in LOOPBACK and not is_proxied
