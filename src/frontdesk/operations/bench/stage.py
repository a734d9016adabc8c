"""What a measurement stands on: a PostgreSQL, settings, and servers as in production."""

import contextlib
import os
import secrets
import socket
import time
from collections.abc import Iterator
from pathlib import Path

from frontdesk.operations.one_machine.child import Child
from frontdesk.operations.one_machine.ports import keep_port
from frontdesk.operations.postgres import Cluster
from frontdesk.operations.terminal import Refusal

LOOPBACK = "127.0.0.1"
START_SECONDS = 30.0
STOP_SECONDS = 6.0
# As `frontdesk web` is by default on two cores.
WEB = ("web", "--processes", "2")


@contextlib.contextmanager
def stage(folder: Path) -> Iterator[str]:
    """Start a durable PostgreSQL in the folder and set our environment for it; yield its address.

    Settings are read after this. Rate limits are off: one person clicks for thousands here.
    """
    cluster = Cluster(folder)
    try:
        with cluster as url:
            os.environ |= {
                "DATABASE_URL": url,
                "DATA_DIR": str(folder),
                "SECRET_KEY": secrets.token_urlsafe(40),
                "PUBLIC_URL": "http://localhost:8000",
                "LOG_LEVEL": "WARNING",
                "BENCHMARK": "yes",
                "DEMO": "no",
            }
            yield url
    finally:
        cluster.remove()


@contextlib.contextmanager
def serving(*command: str) -> Iterator[tuple[int, Child]]:
    """Run `frontdesk COMMAND` on a free port for as long as the block takes."""
    with keep_port(LOOPBACK, 0) as kept:
        port = kept.getsockname()[1]
        child = Child(*command, "--port", str(port), environment=dict(os.environ))
        child.start()
        try:
            wait_until_it_answers(port)
            yield port, child
        finally:
            child.ask_to_stop()
            child.has_ended(time.monotonic() + STOP_SECONDS)
            child.kill()


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.create_server((LOOPBACK, 0)) as server:
        return int(server.getsockname()[1])


def wait_until_it_answers(port: int) -> None:
    """Wait until a server answers. Raises Refusal when it does not start."""
    patience_ends = time.monotonic() + START_SECONDS
    while time.monotonic() < patience_ends:
        with contextlib.suppress(OSError), socket.create_connection((LOOPBACK, port), 1) as asked:
            asked.sendall(b"GET /healthz HTTP/1.0\r\nHost: localhost\r\n\r\n")
            asked.settimeout(5)
            if asked.recv(64):
                return
        time.sleep(0.1)
    raise Refusal("The server to be measured did not start.")
