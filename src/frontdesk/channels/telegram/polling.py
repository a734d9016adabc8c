"""Fetches updates by getUpdates: they are confirmed only once they are stored."""

import asyncio
import time
from typing import TYPE_CHECKING, Any

from structlog import get_logger

from frontdesk.shared.bot_api import (
    DeleteWebhook,
    GetUpdates,
    TelegramConflictError,
    TelegramRetryAfter,
)
from frontdesk.shared.telegram_client import TELEGRAM_ERRORS

if TYPE_CHECKING:
    from frontdesk.channels.telegram.runner import BotRunner

logger = get_logger(__name__)

WAIT_SECONDS = 25
KINDS = ["message", "edited_message", "callback_query", "my_chat_member"]
LONGEST_PAUSE_SECONDS = 30.0
# Servers that answer at once with nothing are not asked in a spin.
IDLE_SECONDS = 0.25


async def poll(runner: "BotRunner") -> None:
    """Fetch, store, confirm by the next call's offset; for ever."""
    offset: int | None = None
    wait, pause = 0, 1.0
    while True:
        started = time.monotonic()
        try:
            updates = await _fetch(runner, offset, wait)
        except TELEGRAM_ERRORS as error:
            runner.health.failed(runner.client.reason(error))
            logger.warning("telegram_not_polled", reason=runner.client.reason(error))
            await _recover(runner, error, pause)
            pause = min(LONGEST_PAUSE_SECONDS, pause * 2)
            continue
        runner.health.succeeded()
        wait, pause = WAIT_SECONDS, 1.0
        if updates:
            await runner.take(updates)
            offset = max(int(update["update_id"]) for update in updates) + 1
        elif time.monotonic() - started < IDLE_SECONDS:
            await asyncio.sleep(IDLE_SECONDS)


async def _fetch(runner: "BotRunner", offset: int | None, wait: int) -> list[dict[str, Any]]:
    """Return the updates that have a number; the first call does not wait, to answer `ready`."""
    method = GetUpdates(offset=offset, timeout=wait, allowed_updates=KINDS)
    found = await runner.client.call(method, seconds=wait + 10)
    rows = found if isinstance(found, list) else []
    return [row for row in rows if isinstance(row, dict) and _is_number(row.get("update_id"))]


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


async def _recover(runner: "BotRunner", error: Exception, pause: float) -> None:
    if isinstance(error, TelegramConflictError) and "webhook" in str(error).lower():
        try:
            await runner.client.call(DeleteWebhook())
        except TELEGRAM_ERRORS:
            logger.warning("telegram_webhook_stays")
    if isinstance(error, TelegramRetryAfter):
        pause = float(error.retry_after)
    await asyncio.sleep(pause)
