"""The load: a process of its own that asks for pages as fast as they come.

Run by its path, without the package, so that it costs next to nothing: it shares two cores with
what it measures. Reads a plan from standard input, writes what it saw to standard output, both
as JSON. Each client is a thread with one connection that waits for each answer.
"""

import itertools
import json
import secrets
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Any

# Before it counts, as a part of the time measured.
WARM_UP = 0.25
# However slow the answers are.
FEWEST = 2
# Or the luck of one moment would decide which of the server's processes has most clients.
RECONNECT_AFTER = 25
LONGEST_HEAD = 8_192
LARGEST = 4 << 20
PATIENCE = struct.pack("ll", 30, 0)
LAST_CHUNK = b"\r\n0\r\n\r\n"
BOUNDARY = "frontdesk-bench-boundary"


class Connection:
    """One HTTP/1.1 connection that is kept open; `room` is what its answers are read to.

    To make room for each answer anew costs more than to read it.
    """

    def __init__(self, host: str, port: int, room: memoryview) -> None:
        self.socket = socket.create_connection((host, port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        # The kernel's patience: with Python's each reading would first ask whether it can.
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, PATIENCE)
        self.room = room

    def ask(self, request: bytes) -> int:
        """Send a request, read the whole answer and return its status."""
        self.socket.sendall(request)
        got = self._read(0)
        while (end := self._find_end(got)) < 0:
            got += self._read(got)
        head = bytes(self.room[:end]).lower()
        if b"transfer-encoding: chunked" in head:
            while self.room[got - len(LAST_CHUNK) : got] != LAST_CHUNK:
                got += self._read(got)
        elif (missing := end + 4 + _length(head) - got) > 0:
            self._read(got, exactly=missing)
        return int(head[9:12])

    def _find_end(self, got: int) -> int:
        return bytes(self.room[: min(got, LONGEST_HEAD)]).find(b"\r\n\r\n")

    def _read(self, at: int, *, exactly: int = 0) -> int:
        """Read what is there, or exactly so much, to a place; return how much it was."""
        flags = socket.MSG_WAITALL if exactly else 0
        got = self.socket.recv_into(self.room[at : at + exactly if exactly else None], 0, flags)
        if not got or got < exactly:
            raise ConnectionError("the server closed the connection")
        return got


def _length(head: bytes) -> int:
    at = head.find(b"content-length:")
    if at < 0:
        raise ValueError(f"no length: {head[:200]!r}")
    return int(head[at + 15 :].split(b"\r\n", 1)[0])


def requests_of(shot: dict[str, Any], host: str) -> Callable[[], bytes]:
    """Return what gives the bytes of a request, those of a page made once."""
    if shot.get("form"):
        return partial(request_of, shot, host)
    page = request_of(shot, host)
    return lambda: page


def request_of(shot: dict[str, Any], host: str) -> bytes:
    """Return the bytes of a request; a form gets a key of its own each time."""
    lines = [f"{shot['method']} {shot['path']} HTTP/1.1", f"Host: {host}"]
    lines.append(f"Cookie: {shot.get('cookie', '')}")
    body = b""
    if form := shot.get("form"):
        body = _multipart({**form, "key": secrets.token_urlsafe(12)})
        lines.append(f"Content-Type: multipart/form-data; boundary={BOUNDARY}")
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def _multipart(form: dict[str, str]) -> bytes:
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in form.items()
    ]
    return ("".join(parts) + f"--{BOUNDARY}--\r\n").encode()


class Client(threading.Thread):
    """Asks one thing after another until the time is over."""

    def __init__(self, plan: dict[str, Any], place: int) -> None:
        super().__init__(daemon=True)
        shots = plan["shots"]
        start = place * len(shots) // plan["clients"]
        host = f"{plan['name']}:{plan['port']}"
        asked = [(requests_of(shot, host), shot["status"]) for shot in shots]
        self.shots = itertools.cycle(asked[start:] + asked[:start])
        self.plan = plan
        self.room = memoryview(bytearray(LARGEST))
        self.times: list[float] = []
        self.wrong: list[int] = []
        self.rate = 0.0
        self.asked = 0
        self.failure = ""

    def run(self) -> None:
        """Ask, and remember how long each answer took once we are warm."""
        try:
            self._run()
        except Exception as error:
            self.failure = f"{type(error).__name__}: {error}"

    def _run(self) -> None:
        connection = None
        warm = time.perf_counter() + self.plan["seconds"] * WARM_UP
        end = warm + self.plan["seconds"]
        while (before := time.perf_counter()) < end or len(self.times) < FEWEST:
            if connection is None or self.asked % RECONNECT_AFTER == 0:
                connection = Connection(self.plan["host"], self.plan["port"], self.room)
                before = time.perf_counter()
            request, right = next(self.shots)
            status = connection.ask(request())
            self.asked += 1
            after = time.perf_counter()
            if before >= warm:
                self.times.append((after - before) * 1000)
            if status != right:
                self.wrong.append(status)
                return
        self.rate = len(self.times) / (time.perf_counter() - warm)


def main() -> None:
    """Run the plan."""
    plan = json.load(sys.stdin)
    clients = [Client(plan, place) for place in range(plan["clients"])]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    seen = {
        "times": [time for client in clients for time in client.times],
        "rate": sum(client.rate for client in clients),
        "asked": sum(client.asked for client in clients),
        "wrong": [status for client in clients for status in client.wrong][:10],
        "failures": [client.failure for client in clients if client.failure],
    }
    json.dump(seen, sys.stdout)


if __name__ == "__main__":
    main()
