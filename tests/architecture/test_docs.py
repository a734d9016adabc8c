"""What the pages say is true."""

import re

import pytest

from tests.architecture.sources import ROOT, SOURCE, lines_with, modules

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
# `src/...`, `docs/...`, `tests/...` in backquotes, or the target of a link to a file of ours.
NAMED = re.compile(r"`((?:src|docs|tests|bin)/[\w./-]+)`|\]\((?!https?:|mailto:|#)([^)#\s]+)")
READ = re.compile(r"\benv_(?:text|bool|int|secret|list)\(\s*\"([A-Z][A-Z0-9_]+)\"")
UNFINISHED = r"\b(TODO|FIXME|XXX|HACK|WIP|TBD)\b"


def names_in(document) -> set[str]:
    return {(name or link).rstrip("/") for name, link in NAMED.findall(document.read_text())}


@pytest.mark.parametrize("document", PAGES, ids=lambda path: path.name)
def test_every_path_that_a_page_names_exists(document):
    missing = {
        name
        for name in names_in(document)
        if not (ROOT / name).exists() and not (document.parent / name).exists()
    }

    assert missing == set()


def test_every_setting_is_explained():
    read = {name for path in modules() for name in READ.findall(path.read_text())}
    page = (ROOT / "docs" / "install.md").read_text()

    assert len(read) > 10
    assert {name for name in read if f"`{name}`" not in page} == set()


def test_nothing_is_left_for_later():
    files = [*modules(), *PAGES, *SOURCE.rglob("*.html"), *SOURCE.rglob("*.js")]
    files += [path for path in (ROOT / "tests").rglob("*.py") if path.name != "test_docs.py"]

    assert lines_with(UNFINISHED, [path for path in files if "vendor" not in path.parts]) == []


def test_every_decision_is_listed_in_order():
    numbers = [int(path.name[:4]) for path in sorted((ROOT / "docs" / "decisions").glob("*.md"))]

    assert numbers == list(range(1, len(numbers) + 1))


def test_the_changelog_has_a_place_for_what_comes_next():
    assert "## Unreleased" in (ROOT / "CHANGELOG.md").read_text()
