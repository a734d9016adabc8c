"""The addresses of the API, and of the page that describes it."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path, re_path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

from frontdesk.channels.api.api import api
from frontdesk.channels.api.docs import docs
from frontdesk.channels.api.problems import refusal

View = Callable[..., HttpResponse]

app_name = "api"


def _in_our_shape(view: View) -> View:
    """Say in the API's own shape, too, that a method is wrong or that there is no such call."""

    @csrf_exempt
    @wraps(view)
    def in_our_shape(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except Http404:
            return _no_such_call(request)
        if response.status_code != 405:
            return response
        allowed = response.headers["Allow"]
        words = _("This address takes %(methods)s.") % {"methods": allowed}
        answer = refusal(405, "wrong_method", words)
        answer.headers["Allow"] = allowed
        return answer

    return in_our_shape


@csrf_exempt
def _no_such_call(_request: HttpRequest) -> HttpResponse:
    return refusal(404, "no_such_call", _("There is no such call. See /api/docs."))


def _calls() -> list[URLPattern | URLResolver]:
    patterns, _app, _namespace = api.urls
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            pattern.callback = _in_our_shape(pattern.callback)
    return patterns


urlpatterns = [
    path("docs", docs, name="docs"),
    path("v1/", (_calls(), None, None)),
    re_path(r"^.*$", _no_such_call, name="no_such_call"),
]
