"""Backup, restore and doctor, as an operator types them."""

import tarfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from frontdesk.operations.postgres import Cluster
from tests.contract.program import Program, run

TABLES = ("support_ticket", "support_message", "support_event", "support_attachment")


def counts(url: str) -> dict[str, int]:
    """How many rows the tables have; which a demo in use may add to, and this test does not."""
    with psycopg.connect(url) as connection:
        found = {}
        for table in TABLES:
            row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
            assert row is not None
            found[table] = row[0]
    return found


def files(folder: Path) -> dict[str, bytes]:
    root = folder / "files"
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "elsewhere"
    yield folder
    Cluster(folder).remove()


def test_a_backup_of_the_running_demo_comes_back_whole_elsewhere(demo, tmp_path, elsewhere):
    archive = tmp_path / "backup.tar"
    before = counts(Cluster(demo.data).find_running())

    made = run("backup", archive, "--data", demo.data)
    restored = run("restore", archive, "--data", elsewhere)

    assert made.returncode == 0, made.stderr
    assert restored.returncode == 0, restored.stderr
    assert archive.stat().st_mode & 0o777 == 0o600
    with Cluster(elsewhere) as url:
        after = counts(url)
    assert all(after[table] >= before[table] > 0 for table in TABLES)
    saved = files(elsewhere)
    assert saved
    assert {name: files(demo.data)[name] for name in saved} == saved


def test_a_backup_never_takes_the_place_of_another(demo, tmp_path):
    archive = tmp_path / "backup.tar"
    archive.write_text("an older one")

    answer = run("backup", archive, "--data", demo.data)

    assert answer.returncode == 1
    assert "exists: choose another name" in answer.stderr
    assert archive.read_text() == "an older one"


def test_nothing_is_restored_over_a_running_demo(demo, tmp_path):
    archive = tmp_path / "backup.tar"
    run("backup", archive, "--data", demo.data)

    answer = run("restore", archive, "--data", demo.data, "--replace")

    assert answer.returncode == 1
    assert "are in use by process" in answer.stderr


def test_data_are_given_up_only_when_told(demo, tmp_path, elsewhere):
    archive = tmp_path / "backup.tar"
    run("backup", archive, "--data", demo.data)
    run("restore", archive, "--data", elsewhere)

    refused = run("restore", archive, "--data", elsewhere)
    told = run("restore", archive, "--data", elsewhere, "--replace")

    assert refused.returncode == 1
    assert "--replace" in refused.stderr
    assert told.returncode == 0, told.stderr


def test_no_secret_is_in_a_backup(demo, tmp_path):
    archive = tmp_path / "backup.tar"
    run("backup", archive, "--data", demo.data)
    key = (demo.data / "secret-key").read_bytes().strip()

    with tarfile.open(archive) as tar:
        names = tar.getnames()

    assert key not in archive.read_bytes()
    assert not [name for name in names if "secret" in name]


def test_doctor_finds_a_running_demo_in_good_health(demo: Program):
    answer = run("doctor", "--data", demo.data)

    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert "fine   worker" in answer.stdout


def test_doctor_names_what_is_wrong_and_what_to_do(demo, tmp_path, elsewhere):
    archive = tmp_path / "backup.tar"
    run("backup", archive, "--data", demo.data)
    run("restore", archive, "--data", elsewhere)
    with Cluster(elsewhere) as url, psycopg.connect(url) as connection:
        connection.execute("DELETE FROM django_migrations WHERE app = 'notifications'")
    (elsewhere / "secret-key").chmod(0o644)

    answer = run("doctor", "--data", elsewhere)

    assert answer.returncode == 1
    assert "WRONG  worker: No worker has ever been seen: start `frontdesk worker`." in answer.stdout
    assert "WRONG  migrations: " in answer.stdout
    assert "chmod go=" in answer.stdout


def test_doctor_without_anything_to_look_at_says_so(tmp_path):
    answer = run("doctor", "--data", tmp_path / "nowhere")

    assert answer.returncode == 1
    assert answer.stderr.startswith("frontdesk doctor: There is no data folder at")
