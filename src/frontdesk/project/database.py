"""Turns a DATABASE_URL into Django's settings."""

import sys
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def parse_database_url(url: str) -> dict[str, Any]:
    """Return Django's settings for a `postgresql://` address; a socket folder goes in `?host=`.

    Raises ImproperlyConfigured for any other engine: there is one, on purpose.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL must begin with postgresql://")
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    host = options.pop("host", parts.hostname or "")
    return {
        "ENGINE": "frontdesk.shared.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "frontdesk",
        "USER": unquote(parts.username or options.pop("user", "")),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or options.pop("port", "")),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "application_name": "frontdesk",
            # Nothing is prepared for being seen often, only what asks for it: shared/composed.py.
            "prepare_threshold": sys.maxsize,
            **options,
        },
    }
