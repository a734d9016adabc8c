"""Thousands of open pages: a process of its own that holds streams and notes what arrives.

Run by its path, without the package. Standard input: one line of JSON, the plan. Standard
output: the line `open` when every stream said `ready`; then, once standard input is closed, one
line of JSON with the moments at which each event arrived.
"""

import json
import select
import socket
import sys
import time
from typing import Any

READY = b"event: ready"
# So many streams are being opened at one time.
AT_ONCE = 100


class Pages:
    """All the streams, followed by one loop."""

    def __init__(self, plan: dict[str, Any]) -> None:
        self.plan = plan
        self.poll = select.epoll()
        self.sockets: dict[int, socket.socket] = {}
        self.opening: set[int] = set()
        self.arrived: dict[int, list[float]] = {}
        self.lost = 0

    def open_all(self) -> None:
        """Open the streams, some at a time, until each is ready."""
        for cookie in self.plan["cookies"]:
            while len(self.opening) >= AT_ONCE:
                self.follow(1.0)
            self._open(cookie)
        while self.opening:
            self.follow(1.0)

    def _open(self, cookie: str) -> None:
        one = socket.create_connection((self.plan["host"], self.plan["port"]), timeout=30)
        head = f"GET {self.plan['path']} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\n\r\n"
        one.sendall(head.encode())
        self.sockets[one.fileno()] = one
        self.opening.add(one.fileno())
        self.poll.register(one, select.EPOLLIN)

    def follow(self, seconds: float) -> None:
        """Take what comes within this time."""
        for number, _event in self.poll.poll(seconds):
            if number == sys.stdin.fileno():
                raise EOFError
            now = time.time()
            data = self.sockets[number].recv(65536)
            if not data or (data.startswith(b"HTTP/") and b" 200 " not in data[:16]):
                self._lose(number)
            if READY in data:
                self.opening.discard(number)
            for line in data.split(b"\n"):
                if line.startswith(b"id: "):
                    self.arrived.setdefault(int(line[4:]), []).append(now)

    def _lose(self, number: int) -> None:
        self.lost += 1
        self.opening.discard(number)
        self.poll.unregister(number)
        self.sockets.pop(number).close()


def main() -> None:
    """Run the plan."""
    pages = Pages(json.loads(sys.stdin.readline()))
    pages.open_all()
    sys.stdout.write("open\n")
    sys.stdout.flush()
    pages.poll.register(sys.stdin, select.EPOLLIN | select.EPOLLHUP)
    try:
        while True:
            pages.follow(1.0)
    except EOFError:
        json.dump({"arrived": pages.arrived, "lost": pages.lost}, sys.stdout)


if __name__ == "__main__":
    main()
