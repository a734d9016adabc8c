"""Work in lanes: within one chat in order, different chats side by side."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

from structlog import get_logger

logger = get_logger(__name__)

PAUSE_SECONDS = 1.0


class Lanes:
    """Runs `work(chat)` in one task for each chat that was woken, until nothing is left to do."""

    def __init__(self, name: str, work: Callable[[int], Awaitable[None]]) -> None:
        """Take the work; it is called again when the chat is woken meanwhile."""
        self._name = name
        self._work = work
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._again: set[int] = set()
        self._is_closing = False

    def wake(self, chat_id: int) -> None:
        """Say that the chat has something to do."""
        if self._is_closing:
            return
        if chat_id in self._tasks:
            self._again.add(chat_id)
            return
        task = asyncio.create_task(self._run(chat_id), name=f"{self._name}-{chat_id}")
        self._tasks[chat_id] = task
        task.add_done_callback(lambda _: self._ended(chat_id))

    def is_at_work(self, chat_id: int) -> bool:
        """Whether something runs for the chat."""
        return chat_id in self._tasks

    async def close(self, patience_seconds: float) -> None:
        """Take nothing more; let what runs end, and stop what does not."""
        self._is_closing = True
        if tasks := list(self._tasks.values()):
            _done, late = await asyncio.wait(tasks, timeout=patience_seconds)
            for task in late:
                task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.gather(*late, return_exceptions=True)

    async def _run(self, chat_id: int) -> None:
        while True:
            self._again.discard(chat_id)
            try:
                await self._work(chat_id)
            except Exception:
                logger.exception("telegram_lane_broke", lane=self._name)
                await asyncio.sleep(PAUSE_SECONDS)
                continue
            if chat_id not in self._again or self._is_closing:
                return

    def _ended(self, chat_id: int) -> None:
        self._tasks.pop(chat_id, None)
        if chat_id in self._again:
            self._again.discard(chat_id)
            self.wake(chat_id)
