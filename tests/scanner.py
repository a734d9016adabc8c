"""A virus scanner that speaks clamd's protocol, for tests: what it was sent, it remembers."""

import socket
import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Not a virus: only this scanner takes it for one.
TEST_VIRUS = b"THIS-IS-THE-TEST-VIRUS"
MOST_BYTES = 200_000


class Scanner:
    """What the server was sent, and what it is to answer instead of the truth."""

    def __init__(self) -> None:
        self.url = ""
        self.seen: list[bytes] = []
        self.says: bytes | None = None

    def answer(self, content: bytes | None) -> bytes:
        if self.says is not None:
            return self.says
        if content is None:
            return b"INSTREAM size limit exceeded. ERROR\0"
        self.seen.append(content)
        return b"stream: Test.Virus FOUND\0" if TEST_VIRUS in content else b"stream: OK\0"


def _handler(scanner: Scanner) -> type[socketserver.StreamRequestHandler]:
    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            command = b""
            while not command.endswith(b"\0"):
                command += self.rfile.read(1)
            if command == b"zPING\0":
                self.wfile.write(scanner.says or b"PONG\0")
                return
            assert command == b"zINSTREAM\0"
            self.wfile.write(scanner.answer(self._content()))

        def _content(self) -> bytes | None:
            content = b""
            while size := struct.unpack("!I", self.rfile.read(4))[0]:
                content += self.rfile.read(size)
                if len(content) > MOST_BYTES:
                    return None
            return content

    return Handler


@contextmanager
def running_scanner(folder: Path | None = None) -> Iterator[Scanner]:
    """Run it on a free port of this machine, or on a socket in this folder."""
    scanner = Scanner()
    if folder is None:
        server: socketserver.BaseServer = socketserver.ThreadingTCPServer(
            ("127.0.0.1", 0), _handler(scanner)
        )
        scanner.url = "tcp://{}:{}".format(*server.server_address)
    else:
        path = folder / "clamd.sock"
        server = socketserver.ThreadingUnixStreamServer(str(path), _handler(scanner))
        scanner.url = f"unix:{path}"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield scanner
    finally:
        server.shutdown()
        server.server_close()


def closed_port() -> int:
    """Return a port where nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
