"""Backup: the database and the files in one archive that can be checked."""

import hashlib
import io
import json
import os
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.db import connection

from frontdesk.operations.archive import DUMP, FILES, FORMAT, MANIFEST
from frontdesk.operations.postgres.home import client_program
from frontdesk.operations.terminal import Refusal, say


def back_up(target: Path) -> None:
    """Write the archive; it has its name only once it is whole, and is for us alone.

    The database first: what a file of it names is on the disk then, as files never change.
    Raises Refusal when the archive exists or cannot be made.
    """
    if target.exists():
        raise Refusal(f"{target} exists: choose another name.")
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            count = _write_archive(file, target.parent)
            file.flush()
            os.fsync(file.fileno())
        draft.rename(target)
    except OSError as error:
        raise Refusal(f"{target} could not be written: {error.strerror}.") from None
    finally:
        draft.unlink(missing_ok=True)
    say(f"{target}: the database and {count} files, {target.stat().st_size:,} bytes.")
    say("Keep the secret key as well, apart from it: stored passwords and tokens need it.")


def database_arguments() -> tuple[list[str], dict[str, str]]:
    """Return how PostgreSQL's programs reach the database: words, and a password's environment."""
    database = connection.settings_dict
    words = [f"--dbname={database['NAME']}"]
    for option, value in (("host", "HOST"), ("port", "PORT"), ("username", "USER")):
        if database[value]:
            words.append(f"--{option}={database[value]}")
    environment = dict(os.environ)
    if database["PASSWORD"]:
        environment["PGPASSWORD"] = database["PASSWORD"]
    if mode := database["OPTIONS"].get("sslmode"):
        environment["PGSSLMODE"] = mode
    return words, environment


def _write_archive(file: "io.BufferedWriter", workplace: Path) -> int:
    sums: dict[str, str] = {}
    with tarfile.open(fileobj=file, mode="w|") as archive:
        with tempfile.TemporaryDirectory(dir=workplace, prefix=".frontdesk-") as folder:
            dump = Path(folder) / DUMP
            _dump_database(dump)
            sums[DUMP] = _add(archive, dump, DUMP)
        for path, name in _stored_files():
            sums[name] = _add(archive, path, name)
        _add_manifest(archive, sums)
    return len(sums) - 1


def _dump_database(target: Path) -> None:
    words, environment = database_arguments()
    command = [client_program("pg_dump"), "--format=custom", "--no-owner", "--no-privileges"]
    made = subprocess.run(
        [*command, "--schema=public", f"--file={target}", *words],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        raise Refusal(f"The database could not be read: {made.stderr.strip()}")


def _stored_files() -> Iterator[tuple[Path, str]]:
    root = Path(settings.MEDIA_ROOT)
    if settings.S3_BUCKET:
        say(f"The files are in the bucket {settings.S3_BUCKET}, which has its own backup.")
        return
    for path in sorted(root.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield path, FILES + path.relative_to(root).as_posix()


def _add(archive: tarfile.TarFile, path: Path, name: str) -> str:
    """Add a file and return the checksum of what was added."""
    entry = tarfile.TarInfo(name)
    with path.open("rb") as source:
        entry.size = os.fstat(source.fileno()).st_size
        entry.mode = 0o600
        reader = _Summing(source)
        archive.addfile(entry, reader)
    return reader.digest.hexdigest()


def _add_manifest(archive: tarfile.TarFile, sums: dict[str, str]) -> None:
    manifest = {
        "format": FORMAT,
        "frontdesk": version("frontdesk"),
        "kind": "demo" if settings.DEMO else "up",
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "sha256": sums,
    }
    text = json.dumps(manifest, indent=1).encode()
    entry = tarfile.TarInfo(MANIFEST)
    entry.size = len(text)
    entry.mode = 0o600
    archive.addfile(entry, io.BytesIO(text))


class _Summing(io.RawIOBase):
    """Reads a file and sums it up on the way."""

    def __init__(self, source: io.BufferedReader) -> None:
        self._source = source
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._source.read(size)
        self.digest.update(data)
        return data
