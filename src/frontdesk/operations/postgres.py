"""A private PostgreSQL 18 from the wheel: started, guarded and stopped with its parent.

It listens on a unix socket in a closed folder, on no port, and knows its callers by their system
user (peer): there is no password to lose and no other local user can come in.
"""

import contextlib
import fcntl
import json
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import TracebackType
from urllib.parse import quote

import psycopg

from frontdesk.operations import postgres_guardian
from frontdesk.operations.postgres_home import (
    MAJOR_VERSION,
    ClusterError,
    Home,
    find_home,
    plain_errors,
)

ROLE = "frontdesk"
# A unix socket's whole path may hold 107 bytes on Linux, 103 elsewhere.
SOCKET_FOLDER_BYTES = 85
BUSY_SECONDS = 1.0
STOPPING_SECONDS = 15.0
RECOVERY_SECONDS = 600.0

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


class Cluster:
    """The PostgreSQL of one data folder: `with Cluster(folder) as url:`.

    `throwaway` is for tests: nothing is synced to disk and all of it is removed at the end.
    """

    def __init__(self, data_dir: Path | str, *, throwaway: bool = False) -> None:
        """Name the data folder; nothing is done before `start`."""
        self.data_dir = Path(data_dir).absolute()
        self.throwaway = throwaway
        self.url = ""
        self._guardian: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> str:
        """Start and return the address."""
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop."""
        self.stop()

    def start(self) -> str:
        """Start the server, wait for it and return its DATABASE_URL.

        Raises ClusterError when the data are in use, of another version, or cannot be served.
        """
        home = find_home(self.data_dir, throwaway=self.throwaway)
        with plain_errors():
            lock = _lock(home.folder, self.data_dir)
            try:
                _initialise(home, throwaway=self.throwaway)
                _check_version(home, self.data_dir)
                _write_access_rules(home)
                socket_folder = _socket_folder(home)
                self._guardian = self._start_guardian(home, socket_folder, lock)
            finally:
                os.close(lock)  # from here on the guardian holds it
        try:
            self.url = self._wait_until_ready(home, socket_folder)
        except BaseException:
            self.stop()
            raise
        return self.url

    def is_running(self) -> bool:
        """Return whether the server is being kept running."""
        return self._guardian is not None and self._guardian.poll() is None

    def stop(self) -> None:
        """Stop the server; returns when it has ended, in three seconds at most."""
        if self._guardian is None:
            return
        assert self._guardian.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            self._guardian.stdin.close()
        self._guardian.wait()
        self._guardian = None

    def remove(self) -> None:
        """Delete the stopped database for good.

        Raises ClusterError when it is in use.
        """
        home = find_home(self.data_dir, throwaway=self.throwaway)
        with plain_errors():
            lock = _lock(home.folder, self.data_dir)
            shutil.rmtree(home.folder)
            (self.data_dir / "cluster-id").unlink(missing_ok=True)
            os.close(lock)

    def _start_guardian(
        self, home: Home, socket_folder: Path, lock: int
    ) -> "subprocess.Popen[bytes]":
        options = {
            "listen_addresses": "",
            "unix_socket_directories": str(socket_folder),
            "unix_socket_permissions": "0700",
            "hba_file": str(home.folder / "pg_hba.conf"),
            "ident_file": str(home.folder / "pg_ident.conf"),
        }
        command = [str(home.binaries / "postgres"), "-D", str(home.data)]
        command += [f"--{name}={value}" for name, value in options.items()]
        remove = [] if socket_folder.parent == home.folder else [str(socket_folder)]
        if self.throwaway:
            remove.append(str(home.folder))
        plan = {
            "command": command,
            "user": home.user.pw_uid if home.changes_user else None,
            "group": home.user.pw_gid if home.changes_user else None,
            "log": str(home.folder / "postgres.log"),
            "remove": remove,
        }
        return subprocess.Popen(
            [sys.executable, "-I", "-S", postgres_guardian.__file__, json.dumps(plan)],
            stdin=subprocess.PIPE,
            pass_fds=[lock],
            start_new_session=True,
            cwd="/",
        )

    def _wait_until_ready(self, home: Home, socket_folder: Path) -> str:
        address = f"host={socket_folder} user=postgres dbname=postgres"
        patience_ends = time.monotonic() + RECOVERY_SECONDS
        while True:
            try:
                with psycopg.connect(address, autocommit=True) as connection:
                    _make_database(connection)
                return f"postgresql://{ROLE}@/{ROLE}?host={quote(str(socket_folder))}"
            except psycopg.OperationalError as error:
                if not self.is_running():
                    raise ClusterError(_last_words(home)) from None
                if time.monotonic() > patience_ends:
                    raise ClusterError(f"PostgreSQL does not answer: {error}") from None
            time.sleep(0.02)


def _lock(folder: Path, data_dir: Path) -> int:
    """Take the cluster's lock; a holder that is only stopping is waited for."""
    lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    asked = time.monotonic()
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            break
        except BlockingIOError:
            holder = os.pread(lock, 200, 0).decode(errors="replace").strip()
            alive = _is_alive(holder.split(" ", 1)[0])
            if time.monotonic() - asked > (BUSY_SECONDS if alive else STOPPING_SECONDS):
                os.close(lock)
                raise ClusterError(
                    f"The data in {data_dir} are in use by process {holder}. "
                    "Stop it, or choose another folder with --data."
                ) from None
            time.sleep(0.05)
    os.ftruncate(lock, 0)
    os.pwrite(lock, f"{os.getpid()} ({_own_name()})\n".encode(), 0)
    return lock


def _own_name() -> str:
    return " ".join([Path(sys.argv[0]).name, *sys.argv[1:2]])[:100]


def _is_alive(process_id: str) -> bool:
    if not process_id.isdigit():
        return False
    try:
        os.kill(int(process_id), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _initialise(home: Home, *, throwaway: bool) -> None:
    """Make the cluster under another name first: a start that is cut off leaves no half of one."""
    if home.data.is_dir():
        return
    building = home.folder / "data.new"
    shutil.rmtree(building, ignore_errors=True)
    settings = SETTINGS | (THROWAWAY_SETTINGS if throwaway else {})
    command = [
        str(home.binaries / "initdb"),
        f"--pgdata={building}",
        "--username=postgres",
    ]
    command += [
        "--auth=peer",
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",
    ]
    command += ["--builtin-locale=C.UTF-8", "--no-instructions"]
    command += [f"--set={name}={value}" for name, value in settings.items()]
    command += ["--no-sync"] if throwaway else []
    made = subprocess.run(
        command,
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
        raise ClusterError(
            f"PostgreSQL could not make {home.data}: {made.stderr.strip()}"
        )
    building.rename(home.data)


def _check_version(home: Home, data_dir: Path) -> None:
    found = (home.data / "PG_VERSION").read_text().strip()
    if found != MAJOR_VERSION:
        raise ClusterError(
            f"The data in {data_dir} were written by PostgreSQL {found}; this Frontdesk runs "
            f"PostgreSQL {MAJOR_VERSION}. Make a `frontdesk backup` with the Frontdesk that "
            "wrote them, and `frontdesk restore` it here into a new folder."
        )


def _write_access_rules(home: Home) -> None:
    """Let in exactly the user that started us, as the application or as the administrator."""
    owner = pwd.getpwuid(os.geteuid()).pw_name
    home.write(home.folder / "pg_hba.conf", "local all all peer map=frontdesk\n")
    home.write(
        home.folder / "pg_ident.conf",
        f'frontdesk "{owner}" {ROLE}\nfrontdesk "{owner}" postgres\n',
    )


def _socket_folder(home: Home) -> Path:
    folder = home.folder / "socket"
    if len(os.fsencode(folder)) <= SOCKET_FOLDER_BYTES:
        home.make_folder(folder)
        return folder
    for place in (os.environ.get("XDG_RUNTIME_DIR"), tempfile.gettempdir(), "/tmp"):
        if (
            place
            and os.access(place, os.W_OK)
            and len(os.fsencode(place)) < SOCKET_FOLDER_BYTES - 20
        ):
            return Path(tempfile.mkdtemp(prefix="frontdesk-", dir=place))
    raise ClusterError(
        "There is no folder with a short path for PostgreSQL's socket: set TMPDIR."
    )


def _make_database(connection: "psycopg.Connection[tuple[object, ...]]") -> None:
    """Make the application's role and database where they are missing."""
    if not connection.execute(
        "select from pg_roles where rolname = %s", [ROLE]
    ).rowcount:
        connection.execute(f"create role {ROLE} login createdb")
    if not connection.execute(
        "select from pg_database where datname = %s", [ROLE]
    ).rowcount:
        connection.execute(f"create database {ROLE} owner {ROLE}")


def _last_words(home: Home) -> str:
    log = home.folder / "postgres.log"
    words = log.read_text(errors="replace")[-800:] if log.exists() else ""
    return f"PostgreSQL did not start. The end of its log, {log}:\n{words}"
