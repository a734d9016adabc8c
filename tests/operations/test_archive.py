"""A backup is believed only when it is whole to its last byte."""

import io
import json
import tarfile
from hashlib import sha256
from pathlib import Path

import pytest

from frontdesk.operations.archive import DUMP, MANIFEST, check_archive
from frontdesk.operations.terminal import Refusal


def write(path: Path, parts: dict[str, bytes], **changes: object) -> Path:
    """Write an archive with a manifest that is true but for `changes`."""
    manifest = {
        "format": 1,
        "kind": "up",
        "made_at": "2026-01-01T00:00:00+00:00",
        "sha256": {name: sha256(data).hexdigest() for name, data in parts.items()},
    }
    parts = parts | {MANIFEST: json.dumps(manifest | changes).encode()}
    with tarfile.open(path, "w") as archive:
        for name, data in parts.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return path


def test_a_whole_archive_is_believed(tmp_path):
    archive = write(tmp_path / "b", {DUMP: b"dump", "files/1/a": b"file"})

    assert check_archive(archive)["made_at"] == "2026-01-01T00:00:00+00:00"


@pytest.mark.parametrize("name", ["../escape", "files/../../escape", "/etc/passwd", "files"])
def test_a_name_that_leads_out_is_refused(tmp_path, name):
    archive = write(tmp_path / "b", {DUMP: b"dump", name: b"file"})

    with pytest.raises(Refusal, match="which no backup of ours does"):
        check_archive(archive)


def test_a_link_is_refused(tmp_path):
    archive = write(tmp_path / "b", {DUMP: b"dump"})
    with tarfile.open(archive, "a") as tar:
        entry = tarfile.TarInfo("files/link")
        entry.type, entry.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(entry)

    with pytest.raises(Refusal):
        check_archive(archive)


@pytest.mark.parametrize(
    "changes",
    [{"sha256": {DUMP: "0" * 64}}, {"sha256": {}}, {"format": 2}],
    ids=["another sum", "a file too many", "another format"],
)
def test_a_manifest_that_does_not_agree_is_refused(tmp_path, changes):
    archive = write(tmp_path / "b", {DUMP: b"dump"}, **changes)

    with pytest.raises(Refusal):
        check_archive(archive)


def test_a_lost_file_is_noticed(tmp_path):
    sums = {DUMP: sha256(b"dump").hexdigest(), "files/1/a": "0" * 64}
    archive = write(tmp_path / "b", {DUMP: b"dump"}, sha256=sums)

    with pytest.raises(Refusal, match="damaged"):
        check_archive(archive)


def test_every_cut_is_noticed(tmp_path):
    whole = write(tmp_path / "b", {DUMP: b"d" * 3000, "files/1/a": b"f" * 3000}).read_bytes()
    cut = tmp_path / "cut"
    with tarfile.open(tmp_path / "b") as archive:
        needed = archive.getmember(MANIFEST).offset_data + 10

    for length in range(0, needed, 257):
        cut.write_bytes(whole[:length])
        with pytest.raises(Refusal):
            check_archive(cut)


def test_what_is_no_archive_at_all_is_refused_in_words(tmp_path):
    with pytest.raises(Refusal, match="is not a whole backup"):
        check_archive(tmp_path / "missing")
