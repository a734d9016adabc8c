"""Refusals of the sandbox: Telegram's own, and those that a test or a limit asks for."""

import time
from dataclasses import dataclass, field
from typing import Any


class ApiError(Exception):
    """An answer that is not ok."""

    def __init__(self, status: int, description: str, *, retry_after: int = 0) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.retry_after = retry_after

    def as_answer(self) -> dict[str, Any]:
        """As the Bot API sends it."""
        answer: dict[str, Any] = {
            "ok": False,
            "error_code": self.status,
            "description": self.description,
        }
        if self.retry_after:
            answer["parameters"] = {"retry_after": self.retry_after}
        return answer


def bad_request(words: str) -> ApiError:
    """A mistake of the caller."""
    return ApiError(400, f"Bad Request: {words}")


def too_many(retry_after: int) -> ApiError:
    """The caller is too fast."""
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)


@dataclass(slots=True)
class Failure:
    """What calls are to end in: of one method or all, for one chat or all, a number of times.

    `status` 0 keeps the call waiting for `seconds` and then does it; with `after_doing` the
    call is done and answered with the failure nevertheless.
    """

    status: int
    method: str = ""
    chat_id: int = 0
    times: int = 1
    retry_after: int = 0
    seconds: float = 0.0
    after_doing: bool = False


@dataclass(slots=True)
class Failures:
    """The failures that were asked for, and the limit of one chat."""

    asked: list[Failure] = field(default_factory=list)
    burst: int = 0
    per_second: float = 1.0
    _buckets: dict[int, tuple[float, float]] = field(default_factory=dict)

    def next_for(self, method: str, chat_id: int) -> Failure | None:
        """Return what this call is to end in; counted."""
        for failure in self.asked:
            if failure.method in {"", method} and failure.chat_id in {0, chat_id}:
                failure.times -= 1
                if failure.times <= 0:
                    self.asked.remove(failure)
                return failure
        return None

    def count_message(self, chat_id: int) -> None:
        """Count a message to a chat. Raises ApiError 429 past the burst."""
        if not self.burst:
            return
        now = time.monotonic()
        left, since = self._buckets.get(chat_id, (float(self.burst), now))
        left = min(float(self.burst), left + (now - since) * self.per_second)
        if left < 1:
            raise too_many(max(1, round((1 - left) / self.per_second)))
        self._buckets[chat_id] = (left - 1, now)
