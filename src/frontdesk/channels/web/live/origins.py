"""Whose pages may read the stream."""

from functools import cache
from urllib.parse import urlsplit

from django.conf import settings

TWINS = {"localhost": "127.0.0.1", "127.0.0.1": "localhost"}


@cache
def allowed_origins() -> frozenset[str]:
    """Our own public address, and its twin on the loopback.

    The demo answers on localhost and on 127.0.0.1, which are two origins to a browser.
    """
    parts = urlsplit(settings.PUBLIC_URL)
    origins = {f"{parts.scheme}://{parts.netloc}"}
    if twin := TWINS.get(parts.hostname or ""):
        port = f":{parts.port}" if parts.port else ""
        origins.add(f"{parts.scheme}://{twin}{port}")
    return frozenset(origins)
