"""The few words of ASGI that the live process speaks."""

from collections.abc import Awaitable, Callable, Iterable
from typing import Any

Message = dict[str, Any]
Scope = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Headers = Iterable[tuple[bytes, bytes]]

EVERY_ANSWER = ((b"cache-control", b"no-store"), (b"x-content-type-options", b"nosniff"))


async def begin(send: Send, status: int, headers: Headers) -> None:
    """Send the head of an answer."""
    message = {"type": "http.response.start", "status": status}
    await send({**message, "headers": [*EVERY_ANSWER, *headers]})


async def answer(send: Send, status: int, text: str = "", headers: Headers = ()) -> None:
    """Send a whole answer of plain text."""
    await begin(send, status, [(b"content-type", b"text/plain; charset=utf-8"), *headers])
    await send({"type": "http.response.body", "body": text.encode()})


async def push(send: Send, frame: bytes) -> None:
    """Send a piece of an answer that goes on."""
    await send({"type": "http.response.body", "body": frame, "more_body": True})
