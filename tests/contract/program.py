"""Starts `frontdesk` as a process, as a person would, and looks at it from outside."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import httpx
import psutil

from frontdesk.operations.parent import end_with_parent
from tests.operations.processes import alive, family, wait_for

FRONTDESK = [sys.executable, "-P", "-m", "frontdesk.project.cli"]
START_SECONDS = 120.0
# What the test process itself was given must not reach the program under test.
OWN_NAMES = re.compile(r"^(DATABASE_|SECRET_|DATA_DIR|DEMO|PUBLIC_|LIVE_|DJANGO_|FRONTDESK_)")

# Made once: to load its certificates takes twenty times as long as to ask, and waiting asks often.
# It keeps no connection, which might belong to a server that a test has ended.
_asking = httpx.Client(timeout=5, limits=httpx.Limits(max_keepalive_connections=0))


def environment(**extra: str) -> dict[str, str]:
    """Return an operator's plain environment."""
    plain = {name: value for name, value in os.environ.items() if not OWN_NAMES.match(name)}
    return plain | extra


def free_port() -> int:
    """Return a port that nobody listens on just now."""
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def run(*words: str | Path, seconds: float = 60.0) -> "subprocess.CompletedProcess[str]":
    """Run a command to its end and return what it said."""
    return subprocess.run(
        [*FRONTDESK, *words],
        env=environment(),
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )


@dataclass
class Program:
    """A running `frontdesk demo` or `up`."""

    data: Path
    command: str = "demo"
    port: int = field(default_factory=free_port)
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Where its pages are."""
        return f"http://localhost:{self.port}"

    def start(self) -> "Program":
        """Start the process; returns at once."""
        self.log = self.data.with_name(f"{self.data.name}-{self.port}.log")
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [*FRONTDESK, self.command, "--port", str(self.port), "--data", str(self.data)],
                env=environment(**self.extra),
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=partial(end_with_parent, os.getpid()),  # when tests are killed
            )
        return self

    def wait_until_ready(self) -> "Program":
        """Wait for /readyz; fail with what the program said."""
        ready = wait_for(lambda: self.has_ended() or self.is_ready(), START_SECONDS)
        assert ready, f"not ready after {START_SECONDS} s: {self.answer} {self.says()}"
        assert not self.has_ended(), self.says()
        return self

    def is_ready(self) -> bool:
        """Whether /readyz answers 200."""
        try:
            answer = _asking.get(f"{self.address}/readyz")
        except httpx.TransportError as error:
            self.answer = str(error)
            return False
        self.answer = answer.text
        return answer.status_code == 200

    def has_ended(self) -> bool:
        """Whether the first process is gone."""
        return self.process.poll() is not None

    def says(self) -> str:
        """What it has written so far."""
        return self.log.read_text(errors="replace")

    def family(self) -> list[psutil.Process]:
        """Return all its processes."""
        return family(self.process.pid)

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Send the signal and return the exit code; the process must end within ten seconds."""
        processes = [] if self.has_ended() else self.family()
        self.process.send_signal(number)
        try:
            return self.process.wait(timeout=10)
        finally:
            wait_for(lambda: not alive(processes), 10)
            for process in processes:
                with contextlib.suppress(psutil.NoSuchProcess):
                    process.kill()
            self.process.wait()
