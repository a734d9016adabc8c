"""Addresses that only take forms: whoever opens one is led to the page where its form stands.

An error shows the page at the form's own address; a reload there, the way back from signing in
again, or an address typed from memory must not end at "method not allowed".
"""

from collections.abc import Callable
from functools import update_wrapper
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_POST

from frontdesk.channels.web.render import see_other

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def sent_from(page: str, *parts: str) -> Callable[[View[P]], View[P]]:
    """Take POST alone, and lead a GET to the named page with these parts of its own address."""

    def decorate(view: View[P]) -> View[P]:
        taking_forms = require_POST(view)

        def door(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if request.method not in ("GET", "HEAD"):
                return taking_forms(request, *args, **kwargs)
            query = request.META.get("QUERY_STRING", "")
            address = [kwargs[part] for part in parts]
            return see_other(page, *address, query=f"?{query}" if query else "")

        update_wrapper(door, view)
        return door

    return decorate
