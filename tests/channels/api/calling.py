"""Calls the API as a program does: over HTTP, with a token, without cookies."""

import json
from dataclasses import dataclass
from itertools import count
from typing import Any

from django.test import Client

from frontdesk.accounts.api_tokens import make_token
from frontdesk.accounts.models import Provider, Scope, User

_numbers = count(1)


def new_call_key() -> str:
    return f"call-{next(_numbers)}"


@dataclass(slots=True)
class Program:
    """A program with a token of its provider."""

    secret: str

    @classmethod
    def of(cls, provider: Provider, maker: User, *scopes: str) -> "Program":
        """Give it a token; with every scope, unless some are named."""
        new = make_token(
            provider_id=provider.pk,
            name="Billing",
            scopes=scopes or Scope.values,
            by_user_id=maker.pk,
        )
        return cls(new.secret)

    def get(self, path: str, **headers: str):
        return self.call("get", path, None, **headers)

    def put(self, path: str, body: Any, **headers: str):
        return self.call("put", path, body, **headers)

    def post(self, path: str, body: Any, **headers: str):
        return self.call("post", path, body, **headers)

    def call(self, method: str, path: str, body: Any, **headers: str):
        """Call, with a check of CSRF as for browsers: a token needs none."""
        data = body if isinstance(body, (str, bytes)) else json.dumps(body)
        arguments = {} if method == "get" else {"data": data, "content_type": "application/json"}
        return getattr(Client(enforce_csrf_checks=True), method)(
            f"/api/v1{path}",
            headers={
                "Authorization": f"Bearer {self.secret}",
                **{name.replace("_", "-"): value for name, value in headers.items()},
            },
            **arguments,
        )

    def move(self, path: str, body: Any, key: str | None = None):
        """Call what needs a key, with a new one unless it is given."""
        return self.post(path, body, Idempotency_Key=key or new_call_key())
