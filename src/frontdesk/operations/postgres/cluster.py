"""The cluster as one object: start it, use its address, stop it.

It listens on a unix socket in a closed folder, on no port, and knows its callers by their system
user (peer): there is no password to lose and no other local user can come in.
"""

import contextlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from urllib.parse import quote

import psycopg

from frontdesk.operations.postgres import guardian, setup
from frontdesk.operations.postgres.home import (
    ClusterError,
    Home,
    find_home,
    plain_errors,
)
from frontdesk.operations.postgres.lock import take_lock

ADDRESS = "address"
RECOVERY_SECONDS = 600.0


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
        # Kept for a second start: those who use the address know it already.
        self._socket_folder: Path | None = None

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
            lock = take_lock(home.folder, self.data_dir)
            try:
                setup.initialise(home, throwaway=self.throwaway)
                setup.check_version(home, self.data_dir)
                setup.write_access_rules(home)
                socket_folder = setup.socket_folder(home, self._socket_folder)
                self._guardian = self._start_guardian(home, socket_folder, lock)
                self._socket_folder = socket_folder
            finally:
                os.close(lock)  # from here on the guardian holds it
        try:
            self.url = self._wait_until_ready(home, socket_folder)
            home.write(home.folder / ADDRESS, self.url)
        except BaseException:
            self.stop()
            raise
        return self.url

    def find_running(self) -> str:
        """Return the DATABASE_URL of a server that another process keeps running, or nothing."""
        note = find_home(self.data_dir, throwaway=False).folder / ADDRESS
        url = note.read_text() if note.exists() else ""
        try:
            psycopg.connect(url, connect_timeout=5).close()
        except psycopg.OperationalError:
            return ""
        return url

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
            lock = take_lock(home.folder, self.data_dir)
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
            [sys.executable, "-I", "-S", guardian.__file__, json.dumps(plan)],
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
                    setup.make_database(connection)
                return f"postgresql://{setup.ROLE}@/{setup.ROLE}?host={quote(str(socket_folder))}"
            except psycopg.OperationalError as error:
                if not self.is_running():
                    raise ClusterError(_last_words(home)) from None
                if time.monotonic() > patience_ends:
                    raise ClusterError(f"PostgreSQL does not answer: {error}") from None
            time.sleep(0.02)


def _last_words(home: Home) -> str:
    log = home.folder / "postgres.log"
    words = log.read_text(errors="replace")[-800:] if log.exists() else ""
    return f"PostgreSQL did not start. The end of its log, {log}:\n{words}"
