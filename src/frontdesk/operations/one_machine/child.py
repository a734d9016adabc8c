"""One process of the program: started, watched, started again, stopped."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from functools import partial

from frontdesk.operations.parent import end_with_parent

FIRST_PAUSE_SECONDS = 0.25
LONGEST_PAUSE_SECONDS = 10.0
# A process that ran this long begins again with the shortest pause.
STEADY_SECONDS = 30.0


class Child:
    """Runs `frontdesk COMMAND` in a process group of its own, so that Ctrl-C reaches us first."""

    def __init__(self, *command: str, environment: dict[str, str]) -> None:
        """Name the command's words; nothing runs before `start`."""
        self.name = command[0]
        self._command = [sys.executable, "-P", "-m", "frontdesk.project.cli", *command]
        self._environment = environment
        self._process: subprocess.Popen[bytes] | None = None
        self._started = 0.0
        self._pause = FIRST_PAUSE_SECONDS
        self._again_at = 0.0

    def start(self) -> None:
        """Start the process."""
        self._started = time.monotonic()
        self._process = subprocess.Popen(
            self._command,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=partial(end_with_parent, os.getpid()),  # no threads here
        )

    @property
    def pid(self) -> int:
        """The number of the process, which is its session's too."""
        assert self._process is not None
        return self._process.pid

    def wait(self) -> int:
        """Wait until the process ends by itself; return its exit code."""
        assert self._process is not None
        return self._process.wait()

    def revive(self) -> int | None:
        """Start the process again if it died, after a growing pause; return the code it died of."""
        if self._again_at:
            if time.monotonic() >= self._again_at:
                self._again_at = 0.0
                self.start()
            return None
        if self._process is None or (code := self._process.poll()) is None:
            return None
        self.kill()  # what it started and left behind
        if time.monotonic() - self._started > STEADY_SECONDS:
            self._pause = FIRST_PAUSE_SECONDS
        self._again_at = time.monotonic() + self._pause
        self._pause = min(self._pause * 2, LONGEST_PAUSE_SECONDS)
        return code

    def ask_to_stop(self) -> None:
        """Ask the process to end in its own way."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                self._process.terminate()

    def has_ended(self, until: float) -> bool:
        """Wait for the end until that moment of the monotonic clock; return whether it came."""
        if self._process is None:
            return True
        try:
            self._process.wait(timeout=max(until - time.monotonic(), 0.01))
        except subprocess.TimeoutExpired:
            return False
        return True

    def kill(self) -> None:
        """End the process and everything it started."""
        if self._process is None:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
