"""Every refusal in one shape: `{"error": {"code", "message", "fields"}}`."""

import structlog
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from frontdesk.accounts.models import Account
from frontdesk.billing import errors as billing
from frontdesk.channels.api.field_words import OBJECT, QUANTITY, SUM, words_of
from frontdesk.shared.rate_limit import TooFast
from frontdesk.support import errors as support

log = structlog.get_logger(__name__)

Words = str | Promise


class Problem(Schema):
    """What is wrong: a code for programs, a sentence for people, and, where it is about what
    was sent, what is wrong with which field."""

    code: str
    message: str
    fields: dict[str, str] = {}


class Refusal(Schema):
    """The body of every answer that is not a success."""

    error: Problem


class Refused(Exception):
    """A call is refused by a rule of the API itself."""

    def __init__(self, status: int, code: str, message: Words, field: str = "") -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.message = message
        self.field = field


# Named error of the core -> status, code, sentence, the field it is about.
KNOWN: dict[type[Exception], tuple[int, str, Words, str]] = {
    Account.DoesNotExist: (404, "no_such_account", _("There is no account with this id."), ""),
    billing.NoSuchAccount: (404, "no_such_account", _("There is no account with this id."), ""),
    billing.BadAmount: (422, "bad_amount", SUM, "amount"),
    billing.BadQuantity: (422, "bad_quantity", QUANTITY, "quantity"),
    billing.BadTime: (
        422,
        "bad_time",
        _("Tickets cannot lapse before they are there."),
        "expires_at",
    ),
    billing.BadReason: (422, "bad_reason", _("Give a reason of 1 to 200 symbols."), "reason"),
    billing.ReferenceReused: (
        422,
        "key_reused",
        _("This Idempotency-Key was used for another call. The first one stands."),
        "",
    ),
    support.NotAllowed: (403, "not_allowed", _("The token's maker may not do this."), ""),
}

# reason of a BadValue -> status, sentence
VALUES: dict[str, tuple[int, Words]] = {
    support.BadValue.MISSING: (422, _("This is missing.")),
    support.BadValue.TOO_LONG: (422, _("This is too long.")),
    support.BadValue.UNKNOWN: (422, _("This is not a possible value.")),
    support.BadValue.TAKEN: (409, _("This belongs to another one.")),
}


def answer_in_one_shape(api: NinjaAPI) -> None:
    """Teach the API how each error is answered."""
    for kind in KNOWN:
        api.add_exception_handler(kind, _known)
    api.add_exception_handler(support.BadValue, _bad_value)
    api.add_exception_handler(Refused, _refused)
    api.add_exception_handler(TooFast, _too_fast)
    api.add_exception_handler(AuthenticationError, _not_signed_in)
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(RequestDataTooBig, _too_big)
    api.add_exception_handler(HttpError, _unreadable)
    api.add_exception_handler(Exception, _broken)


def refusal(
    status: int, code: str, message: Words, fields: dict[str, str] | None = None
) -> HttpResponse:
    """Return the answer."""
    problem = Problem(code=code, message=str(message), fields=fields or {})
    return JsonResponse(Refusal(error=problem).model_dump(mode="json"), status=status)


def _known(_request: HttpRequest, error: object) -> HttpResponse:
    status, code, message, field = next(
        facts for kind, facts in KNOWN.items() if isinstance(error, kind)
    )
    return refusal(status, code, message, {field: str(message)} if field else None)


def _bad_value(_request: HttpRequest, error: object) -> HttpResponse:
    assert isinstance(error, support.BadValue)
    status, message = VALUES[error.reason]
    return refusal(status, error.reason, message, {error.field: str(message)})


def _refused(_request: HttpRequest, error: object) -> HttpResponse:
    assert isinstance(error, Refused)
    fields = {error.field: str(error.message)} if error.field else None
    return refusal(error.status, error.code, error.message, fields)


def _too_fast(_request: HttpRequest, error: object) -> HttpResponse:
    assert isinstance(error, TooFast)
    response = refusal(
        429,
        "too_fast",
        _("Too many calls. Try again in %(seconds)s seconds.") % {"seconds": error.retry_after},
    )
    response.headers["Retry-After"] = str(error.retry_after)
    return response


def _not_signed_in(_request: HttpRequest, _error: object) -> HttpResponse:
    response = refusal(
        401,
        "not_signed_in",
        _("Send a working token in the header “Authorization: Bearer …”."),
    )
    response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _invalid(_request: HttpRequest, error: object) -> HttpResponse:
    assert isinstance(error, ValidationError)
    # Only the place and the sentence: what was sent is not repeated.
    fields = {_field(each["loc"]): words_of(each) for each in error.errors}
    # What belongs to no field is the body itself.
    if "" in fields:
        fields[""] = str(OBJECT)
    field, words = next(iter(fields.items()))
    return refusal(422, "invalid", f"{field}: {words}" if field else words, fields)


def _field(place: tuple[str | int, ...]) -> str:
    """Return the field's name without the words for the body and its variable."""
    return ".".join(str(part) for part in place if part not in {"body", "payload", "query"})


def _too_big(_request: HttpRequest, _error: object) -> HttpResponse:
    return refusal(413, "too_big", _("The body is too large."))


def _unreadable(_request: HttpRequest, error: object) -> HttpResponse:
    assert isinstance(error, HttpError)
    return refusal(error.status_code, "unreadable", _("The body is not JSON as it should be."))


def _broken(request: HttpRequest, error: object) -> HttpResponse:
    log.error("call failed", path=request.path, exc_info=error)
    return refusal(500, "broken", _("Something broke on our side. The same call can be repeated."))
