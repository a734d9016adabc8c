"""Keeps one PostgreSQL running and ends it with its parent, however the parent ends.

Run by its path, without the package: its memory and its start must cost next to nothing. The
parent holds the other end of our standard input; when that closes, even by kill -9, we stop the
server. We start the server again when it is killed, and keep its log short.
"""

import contextlib
import ctypes
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

LOG_BYTES = 5_000_000
FAST_STOP_SECONDS = 2.0
HARD_STOP_SECONDS = 1.0
GIVE_UP_SECONDS = 1.5
# A predecessor that is still writing its last data is waited for much longer.
PREDECESSOR_SECONDS = 60.0
PREDECESSOR_SIGNS = (b"postmaster.pid", b"pre-existing shared memory block")
PR_SET_PDEATHSIG = 1


class Guardian:
    """Starts, watches and stops one server as the plan from the parent says."""

    def __init__(self, plan: dict[str, Any]) -> None:
        """Take the plan: command, user and group (or null), log, remove."""
        self.command: list[str] = plan["command"]
        self.user: int | None = plan["user"]
        self.group: int | None = plan["group"]
        self.log = Path(plan["log"])
        self.remove = [Path(path) for path in plan["remove"]]
        self.last_output = b""
        self.libc = ctypes.CDLL(None) if sys.platform == "linux" else None
        self.wake, wake_end = os.pipe()
        os.set_blocking(wake_end, False)
        signal.set_wakeup_fd(wake_end)

    def run(self) -> int:
        """Serve until told to stop; return 1 when the server cannot be kept running."""
        failing_since = 0.0
        while True:
            started = time.monotonic()
            server = self._start()
            if self._watch(server):
                self._stop(server)
                self._clean_up()
                return 0
            if time.monotonic() - started > GIVE_UP_SECONDS or not failing_since:
                failing_since = time.monotonic()
            if time.monotonic() - failing_since > self._patience():
                self._clean_up()
                return 1
            time.sleep(0.1)

    def _start(self) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            self.command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env={"LC_ALL": "C", "TZ": "UTC", "PATH": "/usr/bin:/bin"},
            cwd="/",
            umask=0o077,
            user=self.user,
            group=self.group,
            extra_groups=None if self.user is None else [],
            preexec_fn=self._end_with_guardian,  # this process has no threads
        )

    def _end_with_guardian(self) -> None:
        # In the child, after its change of user (which would clear this).
        if self.libc is not None:
            self.libc.prctl(PR_SET_PDEATHSIG, int(signal.SIGINT))

    def _watch(self, server: "subprocess.Popen[bytes]") -> bool:
        """Return True when we are to stop, False when the server ended by itself."""
        assert server.stderr is not None
        output = server.stderr.fileno()
        while True:
            readable, _, _ = select.select([0, self.wake, output], [], [])
            if output in readable and not self._take_output(output):
                # Closed by the server and all its children: it has ended or soon will.
                server.wait()
                return False
            if 0 in readable and not os.read(0, 1024):
                return True
            if self.wake in readable and signal.SIGTERM in os.read(self.wake, 1024):
                return True
            if server.poll() is not None and output not in readable:
                return False

    def _take_output(self, output: int) -> bytes:
        text = os.read(output, 65536)
        self.last_output = (self.last_output + text)[-4000:]
        with contextlib.suppress(OSError):  # a full disk must not take the database down
            if self.log.exists() and self.log.stat().st_size > LOG_BYTES:
                self.log.replace(self.log.with_suffix(".log.1"))
            with self.log.open("ab") as log:
                log.write(text)
        return text

    def _patience(self) -> float:
        if any(sign in self.last_output for sign in PREDECESSOR_SIGNS):
            return PREDECESSOR_SECONDS
        return GIVE_UP_SECONDS

    def _stop(self, server: "subprocess.Popen[bytes]") -> None:
        """Stop in steps: write everything, else recover at the next start, else kill."""
        for number, seconds in (
            (signal.SIGINT, FAST_STOP_SECONDS),
            (signal.SIGQUIT, HARD_STOP_SECONDS),
            (signal.SIGKILL, HARD_STOP_SECONDS),
        ):
            server.send_signal(number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                server.wait(timeout=seconds)
                return

    def _clean_up(self) -> None:
        for path in self.remove:
            shutil.rmtree(path, ignore_errors=True)


def main() -> int:
    """Run the plan given as JSON on the command line."""
    os.umask(0o077)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    guardian = Guardian(json.loads(sys.argv[1]))
    # Handlers that do nothing: the signals' numbers come through the wake-up pipe.
    signal.signal(signal.SIGTERM, lambda *_: None)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    return guardian.run()


if __name__ == "__main__":
    sys.exit(main())
