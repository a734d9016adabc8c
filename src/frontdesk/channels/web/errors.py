"""Pages for what went wrong, in plain words; each keeps what the reader needs to go on."""

from urllib.parse import urlsplit

import structlog
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from frontdesk.shared.rate_limit import TooFast

log = structlog.get_logger()


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer to a request that cannot be read."""
    return _error(
        request,
        400,
        _("This request could not be read."),
        _("Go back and try again. If you sent a form, its limits may have been passed."),
    )


def no_rights(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer to what one may not do; the same words as for what does not exist."""
    return _error(request, 403, _("There is no such page here, or it is not shared with you."), "")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer to what does not exist, or not for this person."""
    return _error(request, 404, _("There is no such page here, or it is not shared with you."), "")


def broken(request: HttpRequest) -> HttpResponse:
    """Answer when the program failed; the request's id leads to the log."""
    return _error(
        request,
        500,
        _("Something broke on our side."),
        _("Your text is kept. Try again; if it fails again, write to us with this number:"),
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer to a form without its token: most often the person was signed out meanwhile."""
    log.info("form without its token", reason=reason)
    return _error(
        request,
        403,
        _("This page was open for too long, or you were signed out."),
        _("Your text is kept in this browser. Go back, reload the page and send it again."),
    )


def not_signed_in(request: HttpRequest) -> HttpResponse:
    """Lead to the sign-in, and back. What was written in a form is given back before that,
    unless a script of ours keeps it."""
    to_sign_in = redirect_to_login(request.get_full_path())
    if not _typed(request) or "without_script" not in request.POST:
        return to_sign_in
    text = _("Copy what you had written, sign in and send it again.")
    return _error(request, 403, _("You were signed out."), text, sign_in=to_sign_in.url)


def too_fast(request: HttpRequest, error: TooFast) -> HttpResponse:
    """Answer to too many acts in a short time."""
    response = _error(request, 429, _("That is a lot in a short time."), wait_words(error))
    response.headers["Retry-After"] = str(error.retry_after)
    return response


def wait_words(error: TooFast) -> str:
    """Return when the person can go on."""
    minutes = -(-error.retry_after // 60)
    return ngettext(
        "Your text is kept; send it again in %(n)s minute.",
        "Your text is kept; send it again in %(n)s minutes.",
        minutes,
    ) % {"n": minutes}


def _error(
    request: HttpRequest, status: int, title: str, text: str, *, sign_in: str = ""
) -> HttpResponse:
    context = {
        "title": title,
        "text": text,
        "status": status,
        "request_id": request.META.get("REQUEST_ID", ""),
        "typed": _typed(request),
        "sign_in": sign_in,
    }
    return render(request, "error.html", context, status=status)


def _typed(request: HttpRequest) -> str:
    """Return the message of a form of ours that could not be sent, so that it can be copied.

    From a page of somebody else nothing is shown: it would put his words into our mouth.
    """
    if request.method != "POST":
        return ""
    try:
        if urlsplit(request.headers.get("Origin", "")).netloc != request.get_host():
            return ""
        return request.POST.get("message", "")
    except (OSError, ValueError, SuspiciousOperation, MultiPartParserError):
        return ""  # what could not be read is why we are here
