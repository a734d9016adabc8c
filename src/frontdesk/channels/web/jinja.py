"""The Jinja2 environment of our pages."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from frontdesk.billing.money import money_text
from frontdesk.channels.web.dates import (
    Clock,
    clock_time,
    exact_time,
    plain_date,
    relative_time,
)
from frontdesk.channels.web.folding import FoldingGenerator, PageEnvironment
from frontdesk.channels.web.form_token import form_token
from frontdesk.channels.web.icons import icon
from frontdesk.channels.web.kept_html import KeptTag
from frontdesk.channels.web.live.origins import live_url_for
from frontdesk.channels.web.shells import ShellLoader
from frontdesk.channels.web.words import file_size, hue_class, initials
from frontdesk.shared.markdown import to_html


def environment(**options: Any) -> Environment:
    """Build the environment: escaped by default, loud on a name that is not there."""
    ours = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    loader = ShellLoader(options["loader"].searchpath)
    env = PageEnvironment(
        **{**options, **ours, "loader": loader}, extensions=["jinja2.ext.i18n", KeptTag]
    )
    env.code_generator_class = FoldingGenerator
    env.install_gettext_callables(  # type: ignore[attr-defined]  # the i18n extension adds it
        gettext=translation.gettext,
        ngettext=translation.ngettext,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
        newstyle=True,
    )
    env.globals.update(
        clock=Clock,
        icon=icon,
        money=money_text,
        static=lru_cache(static),
        styles=styles,
        url=url,
        plain=translation.gettext,
        language=lambda: translation.get_language() or settings.LANGUAGE_CODE,
        is_right_to_left=translation.get_language_bidi,
    )
    env.filters.update(
        clock_time=clock_time,
        exact_time=exact_time,
        file_size=file_size,
        hue=hue_class,
        initials=initials,
        markdown=to_html,
        plain_date=plain_date,
        relative_time=relative_time,
    )
    return env


@lru_cache(maxsize=2_000)
def url(name: str, *args: object) -> str:
    """Return the address of a named page. A shell has thirty, the same ones on each page."""
    return reverse(name, args=args)


def styles(*names: str) -> Markup:
    """Return the links to these sheets of style."""
    links = [f'<link rel="stylesheet" href="{static(f"css/{name}.css")}">' for name in names]
    return Markup("\n".join(links))  # noqa: S704 - names of our own files


def page_context(request: HttpRequest) -> dict[str, object]:
    """Return what each page knows of its request."""
    asked_at = request.META.get("ASKED_AT_MS", "")
    return {
        # Django's own would make another for each form of the page.
        "csrf_token": SimpleLazyObject(lambda: form_token(request)),
        "theme": _theme(request),
        "demo": settings.DEMO,
        "asked_at_ms": asked_at,
        "live_url": live_url_for(_host(request)),
    }


def _host(request: HttpRequest) -> str:
    """Return the name we were called by; empty on the page that says it is not ours."""
    try:
        return request.get_host()
    except DisallowedHost:
        return ""


def _theme(request: HttpRequest) -> str:
    """Return light or dark where the reader chose one; the system's choice otherwise."""
    chosen = request.COOKIES.get("theme", "")
    return chosen if chosen in {"light", "dark"} else ""
