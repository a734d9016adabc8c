"""Static files are made again when, and only when, something changed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from frontdesk.operations.static_files import collect_static_files


@pytest.fixture
def source(tmp_path: Path, settings, monkeypatch) -> Iterator[Path]:
    """One style sheet to collect, into a folder beside it."""
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "a.css").write_text("body { color: red }\n" * 100)
    settings.STATICFILES_DIRS = [folder]
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    backend = "whitenoise.storage.CompressedManifestStaticFilesStorage"
    monkeypatch.setitem(settings.STORAGES["staticfiles"], "BACKEND", backend)
    finders.get_finder.cache_clear()
    yield folder
    finders.get_finder.cache_clear()


def hashed(settings) -> set[str]:
    """The files whose names carry a hash: a.HASH.css and its compressed copy."""
    return {path.name for path in Path(settings.STATIC_ROOT).glob("a.*.css*")}


def test_names_carry_a_hash_and_copies_are_compressed(source, settings):
    assert collect_static_files()

    plain, compressed = sorted(hashed(settings))
    assert compressed == f"{plain}.gz"


def test_nothing_is_done_when_nothing_changed(source):
    assert collect_static_files()

    assert not collect_static_files()


def test_a_change_makes_a_new_name_and_leaves_no_old_one(source, settings):
    collect_static_files()
    before = hashed(settings)
    (source / "a.css").write_text("body { color: green }\n" * 100)

    assert collect_static_files()

    assert hashed(settings)
    assert not hashed(settings) & before
