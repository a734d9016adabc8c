"""A file that somebody sent is fetched with patience, and refused in words where it must be."""

import asyncio
from io import BytesIO

import pytest

from frontdesk.channels.telegram import fetching
from frontdesk.channels.telegram.fetching import fetch_file
from frontdesk.channels.telegram.steps.given import File, Why
from frontdesk.shared.bot_api import (
    GetFile,
    TelegramBadRequest,
    TelegramRetryAfter,
    TelegramServerError,
)
from frontdesk.shared.telegram_client import FileTooLarge

CALL = GetFile(file_id="f")


class Server:
    """Ends in the given ways, one after the other, then gives the file."""

    def __init__(self, *ends: Exception) -> None:
        self.ends = list(ends)
        self.waits: list[float] = []

    async def fetch(self, _file_id: str, *, most_bytes: int) -> BytesIO:
        assert most_bytes == 20 * 1024 * 1024
        if self.ends:
            raise self.ends.pop(0)
        return BytesIO(b"content")

    def reason(self, error: BaseException) -> str:
        return str(error)


def fetch(server: Server, monkeypatch: pytest.MonkeyPatch) -> fetching.Fetched:
    async def wait(seconds: float) -> None:
        server.waits.append(seconds)

    monkeypatch.setattr(fetching.asyncio, "sleep", wait)
    return asyncio.run(fetch_file(server, File(file_id="f", name="a.txt")))


def test_a_file_is_fetched_after_a_cut_of_some_seconds(monkeypatch):
    server = Server(*(TelegramServerError(CALL, "bad gateway") for _ in range(4)))

    assert fetch(server, monkeypatch).size == len(b"content")
    assert server.waits == [0.5, 1, 2, 4]


def test_too_fast_waits_for_as_long_as_it_says(monkeypatch):
    server = Server(TelegramRetryAfter(CALL, "too fast", retry_after=7))

    assert fetch(server, monkeypatch).why is None
    assert server.waits == [7]


@pytest.mark.parametrize(
    ("end", "why"),
    [
        (FileTooLarge(), Why.TOO_LARGE_FOR_TELEGRAM),
        (TelegramBadRequest(CALL, "Bad Request: file is too big"), Why.TOO_LARGE_FOR_TELEGRAM),
        (TelegramBadRequest(CALL, "Bad Request: wrong file_id"), Why.UNREACHABLE),
    ],
)
def test_what_cannot_be_had_is_not_asked_for_again(monkeypatch, end, why):
    server = Server(end)

    assert fetch(server, monkeypatch).why is why
    assert server.waits == []


def test_after_the_last_attempt_nobody_waits(monkeypatch):
    server = Server(*(TimeoutError() for _ in range(5)))

    assert fetch(server, monkeypatch).why is Why.UNREACHABLE
    assert len(server.waits) == 4
