"""Templates show what they are given; the browser obeys nothing that is written into them."""

import re
from pathlib import Path

import pytest
from django.template import engines

from frontdesk.channels.web.shells import CHOSEN, in_shell
from tests.architecture.sources import SOURCE, lines_with, templates

WEB = SOURCE / "channels" / "web"
OURS = [path for path in templates() if WEB in path.parents]


# In which shells the pages that leave it open stand.
SHELLS = {
    "desk": ("desk/layout.html", "desk/bare.html"),
    "person": ("client/layout.html", "person/staff.html"),
}


def test_every_template_compiles():
    environment = engines["jinja2"].env

    compiled = [environment.get_template(name) for path in OURS for name in names_of(path)]

    assert len(compiled) > 100


def names_of(path: Path) -> list[str]:
    name = path.as_posix().rpartition("/templates/")[2]
    if CHOSEN not in path.read_text():
        return [name]
    return [in_shell(name, shell) for shell in SHELLS[name.split("/")[0]]]


def test_templates_are_all_where_the_engine_looks():
    folders = list(engines["jinja2"].dirs)

    assert [path for path in OURS if not any(folder in path.parents for folder in folders)] == []


@pytest.mark.parametrize(
    "pattern",
    [
        r"\sstyle\s*=",
        r"<style\b",
        r"\son[a-z]+\s*=\s*[\"']",
        r"javascript:",
        r"\|\s*safe\b",
        r"autoescape\s+false",
        r"hx-on\b|hx-vals\s*=\s*[\"']js:",
    ],
)
def test_nothing_in_a_template_could_run_or_dress_itself(pattern):
    assert lines_with(pattern, OURS, re.IGNORECASE) == []


def test_every_script_is_a_file_of_ours_or_data():
    for path in OURS:
        for script in re.findall(r"<script\b[^>]*>", path.read_text(), re.IGNORECASE):
            assert "src=" in script or "application/json" in script, f"{path}: {script}"


@pytest.mark.parametrize(
    "pattern",
    [r"\.objects\b", r"\.(all|filter|exclude|count|exists|first|last)\(\)", r"\.filter\("],
)
def test_no_template_asks_the_database(pattern):
    assert lines_with(pattern, OURS) == []


def test_no_template_of_clients_speaks_of_notes():
    clients = [path for path in OURS if "client" in path.parts]

    assert lines_with(r"\bnotes?\b", clients, re.IGNORECASE) == []
