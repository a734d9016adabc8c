"""Restore: checks an archive to its last byte, then brings back all of it or nothing."""

import contextlib
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import connection

from frontdesk.operations.archive import DUMP, FILES, READ_BYTES, check_archive, is_ours
from frontdesk.operations.backup import database_arguments
from frontdesk.operations.checks import WORKER_SECONDS
from frontdesk.operations.postgres.home import client_program
from frontdesk.operations.queue import worker_silent_seconds
from frontdesk.operations.terminal import Refusal, say

HEAD_LINES = 40
# Where the old tables wait until the new ones are in.
ASIDE = "before_restore"


def restore(source: Path, *, replace: bool) -> None:
    """Bring back the archive; `replace` allows it where there are data already.

    Raises Refusal when the archive is damaged, Frontdesk runs, or there are data; then nothing
    has changed.
    """
    manifest = check_archive(source)
    _refuse_while_running()
    if not _is_empty() and not replace:
        raise Refusal("There are data already: --replace gives them up for those of the backup.")
    media = Path(settings.MEDIA_ROOT)
    media.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=media.parent, prefix=".restore-") as name:
        folder = Path(name)
        _unpack(source, folder)
        with _old_tables_aside():
            _load_database(folder / DUMP)
            _forget_workers()
        if not settings.S3_BUCKET:
            _swap_files(folder / FILES, media)
    say(f"Restored: the database and {len(manifest['sha256']) - 1} files of {manifest['made_at']}.")


def _refuse_while_running() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('public.procrastinate_workers')")
        is_new = cursor.fetchone()[0] is None
    if not is_new and (worker_silent_seconds() or WORKER_SECONDS) < WORKER_SECONDS:
        raise Refusal("Frontdesk is running on this database: stop all its processes first.")


def _is_empty() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('public.accounts_provider')")
        if cursor.fetchone()[0] is None:
            return True
        cursor.execute("SELECT NOT EXISTS (SELECT FROM accounts_provider)")
        return bool(cursor.fetchone()[0])


def _unpack(source: Path, folder: Path) -> None:
    (folder / FILES).mkdir(mode=0o700)
    with tarfile.open(source, "r|") as archive:
        for entry in archive:
            file = archive.extractfile(entry)
            if file is None or not is_ours(entry.name):
                continue
            target = folder / entry.name
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with target.open("xb") as copy:
                shutil.copyfileobj(file, copy, READ_BYTES)
            target.chmod(0o600)


@contextlib.contextmanager
def _old_tables_aside() -> Iterator[None]:
    """Keep the old tables under another name until the new ones are in; else bring them back."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {ASIDE} CASCADE")
        cursor.execute(f"ALTER SCHEMA public RENAME TO {ASIDE}")
        cursor.execute("CREATE SCHEMA public")
    try:
        yield
    except BaseException:
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute(f"ALTER SCHEMA {ASIDE} RENAME TO public")
        raise
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA {ASIDE} CASCADE")


def _load_database(dump: Path) -> None:
    """Run the dump as one script in one transaction.

    By way of psql: pg_restore of today sets an option that older servers do not know.
    """
    words, environment = database_arguments()
    read = [client_program("pg_restore"), "--no-owner", "--no-privileges", "--schema=public"]
    run = [client_program("psql"), "--no-psqlrc", "--quiet", "--single-transaction"]
    with tempfile.TemporaryFile() as complaints:
        script = subprocess.Popen([*read, "--file=-", dump], stdout=subprocess.PIPE)
        psql = subprocess.Popen(
            [*run, "--set=ON_ERROR_STOP=1", *words],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=complaints,
        )
        assert script.stdout is not None
        assert psql.stdin is not None
        with script.stdout, psql.stdin, contextlib.suppress(BrokenPipeError):
            _pass_on(script.stdout, psql.stdin)
        if psql.wait() or script.wait():
            complaints.seek(0)
            reason = complaints.read().decode(errors="replace").strip()
            raise Refusal(f"The database could not be restored: {reason}")


def _forget_workers() -> None:
    """Those that ran when the backup was made do not run here, nor are they to be thought to."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_workers")


def _pass_on(script: IO[bytes], psql: IO[bytes]) -> None:
    for _ in range(HEAD_LINES):
        if not (line := script.readline()).startswith(b"SET transaction_timeout"):
            psql.write(line)
    shutil.copyfileobj(script, psql, READ_BYTES)


def _swap_files(new: Path, media: Path) -> None:
    old = new.with_name("old-files")
    if media.exists():
        media.rename(old)
    new.rename(media)
