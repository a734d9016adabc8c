"""Translations are compiled without any program of the system."""

import gettext
from pathlib import Path

import pytest

from frontdesk.shared.catalogs import compile_catalogs

RUSSIAN = """
msgid ""
msgstr ""
"Language: ru\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Solved"
msgstr "Решено"
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "locale" / "ru" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(RUSSIAN)
    return path


def test_a_catalog_is_compiled_beside_its_source(source, tmp_path):
    (target,) = compile_catalogs(tmp_path)

    with target.open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Solved") == "Решено"
    assert target == source.with_suffix(".mo")


def test_what_is_up_to_date_is_not_compiled_again(source, tmp_path):
    compile_catalogs(tmp_path)

    assert compile_catalogs(tmp_path) == []
