"""Makes a cluster's data, checks their version and writes who may come in."""

import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from pathlib import Path

import psycopg

from frontdesk.operations.postgres.home import MAJOR_VERSION, ClusterError, Home

ROLE = "frontdesk"
# A unix socket's whole path may hold 107 bytes on Linux, 103 elsewhere.
SOCKET_FOLDER_BYTES = 85

# Written to postgresql.conf once, where an operator may change them.
SETTINGS = {
    "shared_buffers": "128MB",
    "max_connections": "150",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # Logs hold no text that people wrote: neither statements nor the values in a conflict.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    # Kept in the data folder, so that nothing is left in shared places after a kill -9.
    "dynamic_shared_memory_type": "mmap",
}
THROWAWAY_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}


def initialise(home: Home, *, throwaway: bool) -> None:
    """Make the data where there are none.

    Under another name first: a start that is cut off leaves no half of a cluster.
    """
    if home.data.is_dir():
        return
    building = home.folder / "data.new"
    shutil.rmtree(building, ignore_errors=True)
    made = subprocess.run(
        [
            str(home.binaries / "initdb"),
            f"--pgdata={building}",
            *_options(throwaway=throwaway),
        ],
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        env={"LC_ALL": "C", "TZ": "UTC", "PATH": "/usr/bin:/bin"},
        user=home.user.pw_uid if home.changes_user else None,
        group=home.user.pw_gid if home.changes_user else None,
        extra_groups=[] if home.changes_user else None,
    )
    if made.returncode:
        raise ClusterError(f"PostgreSQL could not make {home.data}: {made.stderr.strip()}")
    building.rename(home.data)


def _options(*, throwaway: bool) -> list[str]:
    settings = SETTINGS | (THROWAWAY_SETTINGS if throwaway else {})
    return [
        "--username=postgres",
        "--auth=peer",
        # Sorting and letters that do not change with the system's library: indexes stay valid.
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--encoding=UTF8",
        "--no-instructions",
        *(["--no-sync"] if throwaway else []),
        *(f"--set={name}={value}" for name, value in settings.items()),
    ]


def check_version(home: Home, data_dir: Path) -> None:
    """Raise ClusterError when the data are of another major version than the binaries."""
    found = (home.data / "PG_VERSION").read_text().strip()
    if found != MAJOR_VERSION:
        raise ClusterError(
            f"The data in {data_dir} were written by PostgreSQL {found}; this Frontdesk runs "
            f"PostgreSQL {MAJOR_VERSION}. Make a `frontdesk backup` with the Frontdesk that "
            "wrote them, and `frontdesk restore` it here into a new folder."
        )


def write_access_rules(home: Home) -> None:
    """Let in exactly the user that started us, as the application or as the administrator."""
    owner = pwd.getpwuid(os.geteuid()).pw_name
    home.write(home.folder / "pg_hba.conf", "local all all peer map=frontdesk\n")
    home.write(
        home.folder / "pg_ident.conf",
        f'frontdesk "{owner}" {ROLE}\nfrontdesk "{owner}" postgres\n',
    )


def socket_folder(home: Home, known: Path | None = None) -> Path:
    """Return a closed folder whose path is short enough for a unix socket: the one `known` from
    an earlier start, if there was one.
    """
    folder = home.folder / "socket"
    if known is not None and known != folder:
        return _make_again(known)
    if len(os.fsencode(folder)) <= SOCKET_FOLDER_BYTES:
        home.make_folder(folder)
        return folder
    for place in (os.environ.get("XDG_RUNTIME_DIR", ""), tempfile.gettempdir()):
        short = place and len(os.fsencode(place)) < SOCKET_FOLDER_BYTES - 20
        if short and os.access(place, os.W_OK):
            return Path(tempfile.mkdtemp(prefix="frontdesk-", dir=place))
    raise ClusterError("No folder has a path short enough for PostgreSQL's socket: set TMPDIR.")


def _make_again(folder: Path) -> Path:
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if found.st_uid != os.geteuid() or stat.S_IMODE(found.st_mode) != 0o700:
        raise ClusterError(f"{folder} is another user's now: start Frontdesk again.")
    return folder


def make_database(connection: "psycopg.Connection[tuple[object, ...]]") -> None:
    """Make the application's role and database where they are missing."""
    if not connection.execute("select from pg_roles where rolname = %s", [ROLE]).rowcount:
        connection.execute(f"create role {ROLE} login createdb")
    if not connection.execute("select from pg_database where datname = %s", [ROLE]).rowcount:
        connection.execute(f"create database {ROLE} owner {ROLE}")
