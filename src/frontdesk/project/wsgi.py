"""The entry point of the web processes."""

import os
from functools import lru_cache

import django
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest
from django.urls import ResolverMatch, get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "frontdesk.project.settings")

# Addresses that each process remembers: some 2 MB. Longer ones are nobody's page.
MOST_ADDRESSES = 2_000
LONGEST = 200


class Handler(WSGIHandler):
    """Django's, which looks an address up in our two hundred patterns once, not at each request."""

    def resolve_request(self, request: HttpRequest) -> ResolverMatch:
        """Return the view of the request's address, with what it is called with."""
        path = request.path_info
        match = _match(path) if len(path) <= LONGEST else get_resolver().resolve(path)
        request.resolver_match = match
        return match


@lru_cache(maxsize=MOST_ADDRESSES)
def _match(path: str) -> ResolverMatch:
    match = get_resolver().resolve(path)
    match.tried = None  # all patterns that did not match: most of its memory, and for nobody
    return match


django.setup(set_prefix=False)
application = Handler()
