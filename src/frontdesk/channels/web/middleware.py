"""What every answer carries, and how every request is read."""

import secrets
import time
from collections.abc import Callable

import structlog
from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control
from django.utils.functional import cached_property
from django.utils.translation import get_language_from_request

from frontdesk.channels.web.errors import too_fast
from frontdesk.channels.web.guarding import STOPPED_AT, SecondStepMissing
from frontdesk.shared.rate_limit import TooFast

Next = Callable[[HttpRequest], HttpResponse]

PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


class PolicyMiddleware(CSPMiddleware):
    """Sends the content security policy; that of pages without a nonce is written once."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Add the header."""
        if getattr(request, "_csp_nonce", None) is not None:
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, self._without_nonce)
        return response

    @cached_property
    def _without_nonce(self) -> str:
        return build_policy()


class SecurityHeadersMiddleware:
    """Headers that Django does not set itself; pages of people are never kept by caches."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("X-Frame-Options", "DENY")
        if not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_store=True)
        return response


class RequestIdMiddleware:
    """Gives each request an id that the logs, the answer and an error page all show."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request_id = secrets.token_hex(8)
        request.META["REQUEST_ID"] = request_id
        # From here on the page's live stream tells what the page itself may not know yet.
        request.META["ASKED_AT_MS"] = time.time_ns() // 1_000_000
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            response = self.get_response(request)
        response.headers["X-Request-Id"] = request_id
        return response


class TooFastMiddleware:
    """Answers 429 in words wherever a limit was passed and the page had no better answer."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Turn the named error into its page; leave any other to Django."""
        return too_fast(request, error) if isinstance(error, TooFast) else None


class SecondStepMiddleware:
    """Leads staff who lack the second step that their provider asks for to where they set it up."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Turn the named error into the way there; leave any other to Django."""
        if not isinstance(error, SecondStepMissing):
            return None
        request.session[STOPPED_AT] = error.slug
        address = reverse("mfa_index")
        if "HX-Request" in request.headers:
            return HttpResponse(status=403, headers={"HX-Redirect": address})
        return HttpResponseRedirect(address, status=303)


class ReaderMiddleware:
    """Starts each request in the browser's language and in UTC; a visit refines both."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        translation.activate(get_language_from_request(request))
        timezone.deactivate()
        response = self.get_response(request)
        if "text/html" in response.headers.get("Content-Type", ""):
            response.headers.setdefault("Content-Language", translation.get_language())
        return response
