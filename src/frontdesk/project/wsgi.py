"""The entry point of the web processes."""

import os
from functools import lru_cache

import django
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest
from django.urls import ResolverMatch, get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "frontdesk.project.settings")

# Addresses that each process remembers.
MOST_ADDRESSES = 5_000


class Handler(WSGIHandler):
    """Django's, which looks an address up in our two hundred patterns once, not at each request."""

    def resolve_request(self, request: HttpRequest) -> ResolverMatch:
        """Return the view of the request's address, with what it is called with."""
        request.resolver_match = _match(request.path_info)
        return request.resolver_match


@lru_cache(maxsize=MOST_ADDRESSES)
def _match(path: str) -> ResolverMatch:
    return get_resolver().resolve(path)


django.setup(set_prefix=False)
application = Handler()
