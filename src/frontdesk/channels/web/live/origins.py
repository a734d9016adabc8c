"""Whose pages may read the stream, and where they find it."""

from functools import cache, lru_cache
from urllib.parse import urlsplit

from django.conf import settings

TWINS = {"localhost": "127.0.0.1", "127.0.0.1": "localhost"}


@lru_cache
def live_url_for(host: str) -> str:
    """Return LIVE_URL by the name that a reader calls us by.

    A session's cookie of localhost does not go to 127.0.0.1, nor the other way.
    """
    live, asked = urlsplit(settings.LIVE_URL), urlsplit(f"//{host}").hostname or ""
    if asked not in TWINS or live.hostname != TWINS[asked]:
        return settings.LIVE_URL
    return live._replace(netloc=f"{asked}:{live.port}" if live.port else asked).geturl()


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
