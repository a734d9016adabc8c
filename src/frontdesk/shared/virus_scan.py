"""Asks a virus scanner about a file: clamd by its INSTREAM command, over TCP or a local socket.

The content goes to the scanner and nowhere else; the file's name does not go along.
"""

import contextlib
import socket
import struct
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

CONNECT_SECONDS = 5.0
# Between two answers of the scanner; archives within archives take it a while.
ANSWER_SECONDS = 60.0
CHUNK_BYTES = 64 * 1024
MOST_ANSWER_BYTES = 4096
DEFAULT_PORT = 3310
FOUND = " FOUND"
CLEAN = "stream: OK"


class ScannerTrouble(Exception):
    """The scanner cannot be reached, or did not look at the whole file; it says why."""


def find_virus(url: str, chunks: Iterable[bytes]) -> str:
    """Return the name of what was found in the content, empty if it is clean.

    `url` is tcp://host:port or unix:/path. Raises ScannerTrouble.
    """
    answer = _ask(url, b"zINSTREAM\0", _framed(chunks))
    if answer == CLEAN:
        return ""
    if answer.endswith(FOUND):
        return answer.removesuffix(FOUND).removeprefix("stream:").strip() or "unknown"
    raise ScannerTrouble(answer or "no answer")


def check_scanner(url: str) -> None:
    """Raise ScannerTrouble unless the scanner is there and answers."""
    answer = _ask(url, b"zPING\0", ())
    if answer != "PONG":
        raise ScannerTrouble(answer or "no answer")


def _ask(url: str, command: bytes, parts: Iterable[bytes]) -> str:
    try:
        with contextlib.closing(_connect(url)) as connection:
            connection.settimeout(ANSWER_SECONDS)
            connection.sendall(command)
            # Who has heard enough answers and hangs up; what he said is still to be read.
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                for part in parts:
                    connection.sendall(part)
            return _answer(connection)
    except (OSError, ValueError) as error:
        raise ScannerTrouble(str(error)) from error


def _connect(url: str) -> socket.socket:
    address = urlsplit(url)
    if address.scheme == "tcp" and address.hostname:
        place = (address.hostname, address.port or DEFAULT_PORT)
        return socket.create_connection(place, timeout=CONNECT_SECONDS)
    if address.scheme != "unix" or not address.path:
        raise ScannerTrouble(f"{url} is neither tcp://host:port nor unix:/path")
    local = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        local.settimeout(CONNECT_SECONDS)
        local.connect(address.path)
    except OSError:
        local.close()
        raise
    return local


def _framed(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the content as clamd reads it: each piece after its length, an empty one at the end."""
    for chunk in chunks:
        for start in range(0, len(chunk), CHUNK_BYTES):
            piece = chunk[start : start + CHUNK_BYTES]
            yield struct.pack("!I", len(piece)) + piece
    yield struct.pack("!I", 0)


def _answer(connection: socket.socket) -> str:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < MOST_ANSWER_BYTES:
        part = connection.recv(1024)
        if not part:
            break
        answer += part
    return answer.rstrip(b"\0").decode("utf-8", "replace").strip()
