"""A page that is put together when it is compiled shows what Jinja2 shows that puts it together
for each answer."""

import pytest
from django.template import engines
from jinja2 import DictLoader, Environment, TemplateAssertionError, TemplateNotFound

from frontdesk.channels.web.folding import PageEnvironment
from frontdesk.channels.web.shells import in_shell

BASE = (
    "{% set tone = tone | default('calm') %}"
    "<title>{% block title %}none{% endblock %}</title>"
    "{% block scripts %}base.js{% endblock %}"
    "<main>{% block body %}{% block rail %}rail{% endblock %}: {% block main %}{% endblock %}"
    "{% endblock %}</main>{{ tone }}{% include 'foot.html' %}"
)
PAGES = {
    "base.html": BASE,
    "foot.html": "{% set number = number + 1 %}foot {{ number }} of {{ name }}",
    "layout.html": "{% extends 'base.html' %}{% set tone = tone | default('loud') %}"
    "{% block scripts %}{{ super() }} layout.js{% endblock %}"
    "{% block rail %}[{% include 'foot.html' %}]{% endblock %}",
    "bits.html": "{% macro pill(text) %}({{ text }}){% endmacro %}",
}


def both(source: str, **others: str) -> tuple[Environment, Environment]:
    """Return Jinja2's own environment and ours, with these templates."""
    loader = DictLoader({**PAGES, "page.html": source, **others})
    ours: PageEnvironment = engines["jinja2"].env.overlay(loader=loader)  # type: ignore[attr-defined]  # it is ours
    ours.modules = {}
    return Environment(loader=loader, trim_blocks=True, lstrip_blocks=True), ours


@pytest.mark.parametrize(
    "source",
    [
        "{% extends 'base.html' %}",
        "{% extends 'layout.html' %}",
        "{% extends 'layout.html' %}{% block title %}{{ name }}{% endblock %}",
        "{% extends 'layout.html' %}{% block title %}One{% endblock %}"
        "{% block main %}{{ self.title() }}{% endblock %}",
        "{% extends 'layout.html' %}{% block scripts %}a, {{ super() }}, b{% endblock %}",
        "{% extends 'layout.html' %}{% block rail %}{{ super() }}{{ super() }}{% endblock %}",
        "{% extends 'layout.html' %}{% block body %}quite other{% endblock %}",
        "{% extends 'layout.html' %}words between{% block main %}x{% endblock %}blocks",
        "{% extends 'layout.html' %}{% set tone = 'own' %}{% block main %}{{ tone }}{% endblock %}",
        "{% extends 'layout.html' %}{% from 'bits.html' import pill %}"
        "{% block main %}{{ pill(name) }}{% endblock %}",
        "{% extends 'layout.html' %}{% import 'bits.html' as bits %}"
        "{% block main %}{{ bits.pill(name) }}{% endblock %}",
        "{% extends 'layout.html' %}{% macro own(x) %}<{{ x }} {{ name }}>{% endmacro %}"
        "{% block main %}{{ own(1) }}{% endblock %}",
        "{% extends 'layout.html' %}"
        "{% block main %}{% set x = 1 %}{% include 'foot.html' %}{{ number }}{% endblock %}",
        "{% for n in (1, 2) %}{% include 'row.html' %}{% endfor %}",
        "{% include 'row.html' %}{% set n = 3 %}{% include 'row.html' %}",
        "{% include 'nested.html' %}{{ tone | default('unset') }}",
        "{% extends 'around.html' %}{% block main %}{{ number }}{% endblock %}",
        "{% include 'own_block.html' %}{% block own %}of the page{% endblock %}",
        "{% include 'own_block.html' %}{% include 'own_block.html' %}",
        "{% include which %}",
        "{% include 'nowhere.html' ignore missing %}there",
        "{% include 'row.html' without context %}",
    ],
)
def test_a_page_is_the_same(source: str) -> None:
    others = {
        "row.html": "{% from 'bits.html' import pill %}{{ pill(n | default('none')) }}",
        "own_block.html": "{% block own %}of the part{% endblock %}, ",
        "around.html": "{% block body %}{% include 'foot.html' %}{% block main %}{% endblock %}"
        "{% endblock %}",
        "nested.html": "{% extends 'layout.html' %}{% block main %}inner{% endblock %}",
    }
    plain, ours = both(source, **others)
    values = {"name": "Alice", "number": 7, "which": "layout.html"}

    watched = ours.overlay(auto_reload=True)  # as with DEBUG

    shown = [env.get_template("page.html").render(values) for env in (ours, watched)]

    assert shown == [plain.get_template("page.html").render(values)] * 2 != ["", ""]


@pytest.mark.parametrize(
    "source",
    [
        "{% extends 'layout.html' %}{% block main %}{{ super() }}{% include 'foot.html' %}"
        "{% endblock %}",
        "{% from 'bits.html' import pill %}{{ pill(name) }}",
    ],
)
def test_no_template_is_looked_for_when_a_page_is_shown(source: str) -> None:
    _plain, ours = both(source)

    code = ours.compile(source, "page.html", raw=True)

    assert "get_template" not in code
    assert "parent_template" not in code


@pytest.mark.parametrize(
    "main", ["{{ word }}", "{% include 'reads.html' %}", "{% set word = word %}{{ word }}"]
)
def test_a_block_that_reads_what_another_sets_around_it_is_refused(main: str) -> None:
    around = "{% block body %}{% set word = 'outer' %}{% block main %}{% endblock %}{% endblock %}"
    source = f"{{% extends 'around.html' %}}{{% block main %}}{main}{{% endblock %}}"
    _plain, ours = both(source, **{"around.html": around, "reads.html": "{{ word }}"})

    with pytest.raises(TemplateAssertionError, match="a block around it sets: word"):
        ours.get_template("page.html")


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("{% extends 'base.html' %}{% if name %}{% set x = 1 %}{% endif %}", "If beside"),
        ("{% extends which %}{% block main %}x{% endblock %}", "no name yet"),
        ("{% for x in (1, 2) %}{% block row %}{{ x }}{% endblock %}{% endfor %}", "in a For"),
        ("{% with x = 1 %}{% block row %}{{ x }}{% endblock %}{% endwith %}", "in a With"),
        ("{% extends 'base.html' %}{% block title %}{{ super() | upper }}{% endblock %}", "super"),
        ("{% block title %}x{% endblock %}{% set word = self.title() %}", "self"),
        ("{% extends 'base.html' %}{% block title %}{{ self.nobody() }}{% endblock %}", "nobody"),
    ],
)
def test_what_could_not_be_put_together_is_told(source: str, error: str) -> None:
    _plain, ours = both(source)

    with pytest.raises(TemplateAssertionError, match=error):
        ours.get_template("page.html")


def test_a_part_that_does_not_exist_is_told_at_once() -> None:
    _plain, ours = both("{% if false %}{% include 'nowhere.html' %}{% endif %}")

    with pytest.raises(TemplateNotFound, match="nowhere"):
        ours.get_template("page.html")


def test_an_error_in_a_part_is_told_by_the_line_that_brings_it() -> None:
    source = "first\n\n{% include 'wrong.html' %}"
    _plain, ours = both(source, **{"wrong.html": "\n" * 20 + "{{ nobody.name }}"})

    with pytest.raises(Exception, match="nobody") as caught:
        ours.get_template("page.html").render()

    assert [entry.lineno for entry in caught.traceback if entry.name == "top-level template code"][
        -1:
    ] == [2]


def test_a_page_stands_in_the_shell_it_is_asked_for() -> None:
    environment = engines["jinja2"].env  # type: ignore[attr-defined]  # it is ours
    page = "desk/client_remove.html"

    texts = [
        environment.loader.get_source(environment, in_shell(page, shell))[0]
        for shell in ("desk/layout.html", "desk/bare.html")
    ]

    assert '{% extends "desk/layout.html" %}' in texts[0]
    assert '{% extends "desk/bare.html" %}' in texts[1]


def test_a_page_without_a_choice_of_shells_is_not_put_into_one() -> None:
    environment = engines["jinja2"].env  # type: ignore[attr-defined]  # it is ours

    with pytest.raises(TemplateAssertionError, match="shell"):
        environment.get_template(in_shell("client/tickets.html", "desk/bare.html"))
