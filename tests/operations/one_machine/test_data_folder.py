"""The data folder: closed, of one kind, emptied only where it is a demo's."""

import stat

import pytest

from frontdesk.operations.one_machine.data_folder import (
    Kind,
    empty_folder,
    kind_of,
    prepare_folder,
    secret_key_file,
)
from frontdesk.operations.terminal import Refusal


def mode(path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_folder_and_all_in_it_are_closed_to_others(tmp_path):
    folder = tmp_path / "data"

    prepare_folder(folder, Kind.UP)
    key = secret_key_file(folder)

    assert mode(folder) == 0o700
    assert {mode(path) for path in folder.iterdir() if path.is_dir()} == {0o700}
    assert mode(key) == 0o600


def test_an_open_folder_keeps_its_mode_and_what_is_ours_in_it_is_closed(tmp_path):
    tmp_path.chmod(0o755)

    prepare_folder(tmp_path, Kind.UP)

    assert mode(tmp_path) == 0o755
    assert mode(tmp_path / "files") == 0o700


def test_the_secret_key_is_made_once_and_differs_between_installations(tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        prepare_folder(folder, Kind.UP)
    key = secret_key_file(first).read_text()

    assert len(key) > 60
    assert secret_key_file(first).read_text() == key
    assert secret_key_file(second).read_text() != key


def test_a_demos_folder_is_never_production(tmp_path):
    prepare_folder(tmp_path, Kind.DEMO)

    with pytest.raises(Refusal, match="was made by `frontdesk demo`"):
        prepare_folder(tmp_path, Kind.UP)

    assert kind_of(tmp_path) is Kind.DEMO


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(Refusal, match="cannot be used: Not a directory"):
        prepare_folder(tmp_path / "file" / "data", Kind.DEMO)


@pytest.mark.parametrize("kind", [Kind.UP, None])
def test_nothing_but_a_demo_is_ever_emptied(tmp_path, kind):
    if kind:
        prepare_folder(tmp_path, kind)
    (tmp_path / "precious").write_text("x")

    with pytest.raises(Refusal, match="nothing was deleted"):
        empty_folder(tmp_path)

    assert (tmp_path / "precious").exists()


def test_emptying_a_demo_deletes_its_files_and_nothing_else(tmp_path):
    prepare_folder(tmp_path, Kind.DEMO)
    (tmp_path / "files" / "upload").write_text("x")
    (tmp_path / "notes of mine").write_text("x")

    empty_folder(tmp_path)

    assert not (tmp_path / "files").exists()
    assert (tmp_path / "notes of mine").exists()
