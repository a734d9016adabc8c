"""What a call needs: the token's scope, a key; said to the door and to the document alike."""

from typing import Any, TypedDict

from frontdesk.accounts.models import Scope
from frontdesk.channels.api.once import HEADER
from frontdesk.channels.api.sign_in import Bearer

# The document's own words for a scope: OpenAPI has none for bearer tokens.
SCOPE = "x-scope"

KEY = {
    "in": "header",
    "name": HEADER,
    "required": True,
    "schema": {"type": "string", "maxLength": 128},
    "description": "The same key again does nothing more and gets the first answer.",
}


class Needs(TypedDict):
    """Arguments of a router's decorator."""

    auth: Bearer
    openapi_extra: dict[str, Any]


def needs(scope: Scope, *, key: bool = False) -> Needs:
    """Let only tokens with this scope in; `key` says that the call carries an Idempotency-Key."""
    extra: dict[str, Any] = {SCOPE: scope.value}
    if key:
        extra["parameters"] = [KEY]
    return Needs(auth=Bearer(scope), openapi_extra=extra)
