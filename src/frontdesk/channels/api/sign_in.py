"""Who calls: a bearer token, what it may be used for, how often."""

from dataclasses import dataclass
from typing import cast

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja.security.base import AuthBase

from frontdesk.accounts.api_tokens import find_token, note_use
from frontdesk.accounts.models import ApiToken, Scope
from frontdesk.channels.api.problems import Refused
from frontdesk.shared.client_address import client_address
from frontdesk.shared.rate_limit import Rate, count_hit
from frontdesk.support.access import staff_reach
from frontdesk.support.actor import Actor
from frontdesk.support.channels import Channel

CALLS = Rate("api", most=600, seconds=60)
# Wrong tokens from one address: nobody guesses one, but nobody needs to try faster either.
WRONG_TOKENS = Rate("api-wrong", most=60, seconds=60)


@dataclass(frozen=True, slots=True)
class Caller:
    """A token in use, and as whom it acts: its maker, by the API."""

    token: ApiToken
    actor: Actor

    @property
    def provider_id(self) -> int:
        """The provider whose accounts it reaches; no others exist for it."""
        return self.token.provider_id


class Bearer(AuthBase):
    """Lets in a working token with one scope. Cookies and sessions are not looked at."""

    openapi_type = "http"
    openapi_scheme = "bearer"
    openapi_description = "A token that an administrator makes in Settings."

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        super().__init__()

    def __call__(self, request: HttpRequest) -> Caller | None:
        """Return who calls; None answers 401. Raises TooFast or Refused."""
        caller = _caller(request)
        if caller is None:
            _count(WRONG_TOKENS, client_address(request) or "unknown")
            return None
        _count(CALLS, str(caller.token.pk))
        note_use(caller.token)
        if not caller.token.allows(self.scope):
            raise Refused(
                403,
                "scope_missing",
                _("The token lacks the scope “%(scope)s”.") % {"scope": self.scope.value},
            )
        return caller


def caller_of(request: HttpRequest) -> Caller:
    """Return who was let in."""
    return cast(Caller, request.auth)  # type: ignore[attr-defined]  # set by django-ninja


def _caller(request: HttpRequest) -> Caller | None:
    kind, _blank, secret = request.headers.get("Authorization", "").partition(" ")
    token = find_token(secret.strip()) if kind.lower() == "bearer" else None
    if token is None:
        return None
    reach = staff_reach(token.made_by, token.provider)
    if reach is None:
        return None
    address = client_address(request)
    return Caller(token, Actor(token.made_by, reach, Channel.API, address))


def _count(rate: Rate, who: str) -> None:
    if not settings.BENCHMARK:
        count_hit(rate, who)
