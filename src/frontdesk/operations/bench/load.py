"""The load: a process of its own that asks for pages as fast as they come.

Run by its path, without the package, so that it costs next to nothing: it shares two cores with
what it measures. Reads a plan from standard input, writes what it saw to standard output, both
as JSON. Each client is a thread with one connection that waits for each answer.
"""

import itertools
import json
import secrets
import socket
import sys
import threading
import time
from typing import Any

# Before it counts, as a part of the time measured.
WARM_UP = 0.25
# However slow the answers are.
FEWEST = 2
# Or the luck of one moment would decide which of the server's processes has most clients.
RECONNECT_AFTER = 25
LAST_CHUNK = b"\r\n0\r\n\r\n"
BOUNDARY = "frontdesk-bench-boundary"


class Connection:
    """One HTTP/1.1 connection that is kept open."""

    def __init__(self, host: str, port: int) -> None:
        self.socket = socket.create_connection((host, port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, request: bytes) -> int:
        """Send a request, read the whole answer and return its status."""
        self.socket.sendall(request)
        data = self.socket.recv(65536)
        while (end := data.find(b"\r\n\r\n")) < 0:
            data += self._more()
        head = data[:end].lower()
        if b"transfer-encoding: chunked" in head:
            while not data.endswith(LAST_CHUNK):
                data += self._more()
        else:
            missing = _length(head) - (len(data) - end - 4)
            while missing > 0:
                missing -= len(self._more())
        return int(head[9:12])

    def _more(self) -> bytes:
        data = self.socket.recv(262144)
        if not data:
            raise ConnectionError("the server closed the connection")
        return data


def _length(head: bytes) -> int:
    at = head.find(b"content-length:")
    if at < 0:
        raise ValueError(f"no length: {head[:200]!r}")
    return int(head[at + 15 :].split(b"\r\n", 1)[0])


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
        self.shots = itertools.cycle(shots[start:] + shots[:start])
        self.plan = plan
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
        host = f"{self.plan['name']}:{self.plan['port']}"
        connection = None
        warm = time.perf_counter() + self.plan["seconds"] * WARM_UP
        end = warm + self.plan["seconds"]
        while (before := time.perf_counter()) < end or len(self.times) < FEWEST:
            if connection is None or self.asked % RECONNECT_AFTER == 0:
                connection = Connection(self.plan["host"], self.plan["port"])
                before = time.perf_counter()
            shot = next(self.shots)
            status = connection.ask(request_of(shot, host))
            self.asked += 1
            after = time.perf_counter()
            if before >= warm:
                self.times.append((after - before) * 1000)
            if status != shot["status"]:
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
