"""Templates are compiled for one language: steady calls become text, and nothing else changes."""

import pytest
from django.template import engines
from django.utils import translation
from jinja2 import Environment, UndefinedError
from markupsafe import Markup, escape

from frontdesk.channels.web.folding import as_html


def env() -> Environment:
    environment: Environment = engines["jinja2"].env  # type: ignore[attr-defined]  # it is ours
    return environment


def code(source: str) -> str:
    return env().compile(source, raw=True)


@pytest.mark.parametrize(
    "source",
    [
        "{{ _('All tickets') }}",
        "{{ icon('bell') }}",
        "{{ icon('warn', 's') }}",
        "{{ plain('New') }}",
    ],
)
def test_a_steady_call_is_not_made_when_a_page_is_shown(source: str) -> None:
    assert "context.call" not in code(source)


@pytest.mark.parametrize(
    "source",
    [
        "{{ icon(name) }}",
        "{% set icon = other %}{{ icon('bell') }}",
        "{% macro told(_) %}{{ _('x') }}{% endmacro %}",
        "{{ icon('no-such-drawing') }}",
    ],
)
def test_what_may_change_is_called_when_a_page_is_shown(source: str) -> None:
    assert "context.call" in code(source)


def test_words_are_those_of_the_language_that_is_read() -> None:
    source = "{{ _('Complete') }}"
    with translation.override("ru"):
        russian = engines["jinja2"].from_string(source).render()

    english = engines["jinja2"].from_string(source).render()

    assert english == "Complete"
    assert russian == translation_of("Complete") != english


def translation_of(text: str) -> str:
    with translation.override("ru"):
        return translation.gettext(text)


def test_values_put_into_words_are_escaped() -> None:
    source = "{{ _('“%(query)s” of 100%%', query=query) }}"

    html = engines["jinja2"].from_string(source).render({"query": "<b>"})

    assert html == "“&lt;b&gt;” of 100%"


def test_a_loop_with_an_include_and_an_else_shows_the_same() -> None:
    source = "{% for n in numbers %}{{ n }}{% include part %},{% else %}none{% endfor %}."
    part = env().from_string("[{{ n }}]")

    shown = [env().from_string(source).render(numbers=row, part=part) for row in ([1, 2], [])]

    assert shown == ["1[1],2[2],.", "none."]


def test_a_name_that_is_not_there_is_still_an_error() -> None:
    with pytest.raises(UndefinedError):
        env().from_string("{{ nobody }}").render()


@pytest.mark.parametrize(
    "value",
    ["plain", "<script>", "a & b", "\"quoted\" 'so'", 7, True, None, 2.5, Markup("<b>"), ["<"]],
)
def test_a_value_is_shown_as_escape_shows_it(value: object) -> None:
    assert as_html(value) == str(escape(value))
