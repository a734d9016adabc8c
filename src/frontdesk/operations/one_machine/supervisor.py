"""Keeps the database and all processes running until it is told to stop."""

import http.client
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from frontdesk.operations.one_machine.child import Child
from frontdesk.operations.postgres import Cluster
from frontdesk.operations.terminal import complain

LOOK_SECONDS = 0.2
# With the database's two and a bit, everything has ended within five seconds.
STOP_SECONDS = 2.5
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class ToldToStop(BaseException):
    """A signal asked us to end; not an Exception, so that nothing in between catches it."""


@contextmanager
def stoppable() -> Iterator[None]:
    """Turn the signals that end a program into ToldToStop; the first one is enough."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        for number in STOP_SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        raise ToldToStop

    before = {number: signal.signal(number, stop) for number in STOP_SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def supervise(
    children: list[Child], cluster: Cluster | None, *, when_ready: Callable[[], bool]
) -> None:
    """Start the children and keep them and the database running, until ToldToStop.

    The first one has the machine to itself until `when_ready` returns True, so that the first
    page is there soon; it is asked again and again.
    """
    try:
        first, *others = children
        first.start()
        ready = False
        while True:
            if not ready and when_ready():
                ready = True
                for child in others:
                    child.start()
            time.sleep(LOOK_SECONDS if ready else LOOK_SECONDS / 8)
            if cluster is not None and not cluster.is_running():
                complain("The database has ended: it is started again.")
                cluster.start()
            for child in children:
                if (code := child.revive()) is not None:
                    complain(f"The process {child.name} ended ({code}): it is started again.")
    finally:
        stop_all(children)


def stop_all(children: list[Child]) -> None:
    """Ask all children to end at once, and kill those that have not in time."""
    for child in children:
        child.ask_to_stop()
    until = time.monotonic() + STOP_SECONDS
    for child in children:
        child.has_ended(until)
        child.kill()


def answers(host: str, port: int, *, name: str) -> bool:
    """Return whether our pages answer there, asked for by their public name."""
    connection = http.client.HTTPConnection(host, port, timeout=2)
    try:
        connection.request("GET", "/healthz", headers={"Host": name})
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
