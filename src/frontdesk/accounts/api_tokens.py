"""Makes, finds and revokes the tokens of a provider's own programs."""

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone

from frontdesk.accounts.models.api_token import ApiToken, Scope
from frontdesk.shared.text import storable

# Known by their beginning, to people and to programs that look for leaked secrets.
PREFIX = "fdk_"
SHOWN_LETTERS = 10
NAME_LENGTH = 60
# A token in steady use would else be written at each call.
NOTED_EVERY = timedelta(minutes=1)


class BadToken(Exception):
    """A token cannot be made so; `field` is `name` or `scopes`."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token just made, and its secret: to be shown once, it cannot be read again."""

    token: ApiToken
    secret: str = field(repr=False)


def make_token(
    *, provider_id: int, name: str, scopes: Collection[str], by_user_id: int
) -> NewToken:
    """Make a token that acts with its maker's rights, as far as the scopes go.

    The caller has checked that the maker administers the provider, has asked him to sign in
    again, and records the event. Raises BadToken.
    """
    name = " ".join(storable(name).split())
    if not name or len(name) > NAME_LENGTH:
        raise BadToken("name")
    if not scopes or not set(scopes) <= set(Scope.values):
        raise BadToken("scopes")
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        provider_id=provider_id,
        name=name,
        scopes=sorted(set(scopes)),
        start=secret[:SHOWN_LETTERS],
        digest=_digest(secret),
        made_by_id=by_user_id,
        created_at=timezone.now(),
    )
    return NewToken(token, secret)


def revoke_token(*, provider_id: int, token_id: int, by_user_id: int) -> ApiToken:
    """End a token of the provider at once, and return it; one revoked before stays so.

    The caller records the event. Raises ApiToken.DoesNotExist.
    """
    token = ApiToken.objects.get(pk=token_id, provider_id=provider_id)
    if token.revoked_at is None:
        token.revoked_at, token.revoked_by_id = timezone.now(), by_user_id
        token.save(update_fields=["revoked_at", "revoked_by"])
    return token


def find_token(secret: str) -> ApiToken | None:
    """Return the working token with this secret, with its provider and maker; else None.

    Looked up by its hash, so that the time it takes tells nothing of the secret.
    """
    if not secret.startswith(PREFIX) or not secret.isascii():
        return None
    working = ApiToken.objects.working().select_related("provider", "made_by")
    return working.filter(digest=_digest(secret)).first()


def note_use(token: ApiToken) -> None:
    """Keep when the token was last used, to the minute."""
    now = timezone.now()
    if not token.was_used_since(now - NOTED_EVERY):
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)


def _digest(secret: str) -> str:
    # 256 random bits need no slow hash: nobody can try them out.
    return hashlib.sha256(secret.encode()).hexdigest()
