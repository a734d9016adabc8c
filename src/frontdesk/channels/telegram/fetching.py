"""Fetches a file that a person sent, from Telegram; what cannot be had is said as such."""

import asyncio

from structlog import get_logger

from frontdesk.channels.telegram.acts import Fetched
from frontdesk.channels.telegram.steps.composing import TELEGRAM_FILE_BYTES
from frontdesk.channels.telegram.steps.given import File, Why
from frontdesk.shared.bot_api import TelegramBadRequest, TelegramRetryAfter
from frontdesk.shared.telegram_client import TELEGRAM_ERRORS, FileTooLarge, TelegramClient

logger = get_logger(__name__)

# A cut of some seconds is waited for: whoever sent the file would have to send it once more.
ATTEMPTS = 5
FIRST_WAIT_SECONDS = 0.5
LONGEST_WAIT_SECONDS = 60.0
TOO_BIG = "too big"


async def fetch_file(client: TelegramClient, file: File) -> Fetched:
    """Return the file's content, or why there is none. Other chats do not wait for it."""
    for attempt in range(ATTEMPTS):
        try:
            content = await client.fetch(file.file_id, most_bytes=TELEGRAM_FILE_BYTES)
            return Fetched(content=content, size=content.seek(0, 2))
        except FileTooLarge:
            return Fetched(why=Why.TOO_LARGE_FOR_TELEGRAM)
        except (*TELEGRAM_ERRORS, KeyError, TypeError) as error:
            logger.info("telegram_file_not_fetched", reason=client.reason(error))
            if isinstance(error, TelegramBadRequest):
                is_large = TOO_BIG in str(error)
                return Fetched(why=Why.TOO_LARGE_FOR_TELEGRAM if is_large else Why.UNREACHABLE)
            if attempt < ATTEMPTS - 1:
                await asyncio.sleep(_wait(error, attempt))
    return Fetched(why=Why.UNREACHABLE)


def _wait(error: Exception, attempt: int) -> float:
    if isinstance(error, TelegramRetryAfter):
        return min(LONGEST_WAIT_SECONDS, float(error.retry_after))
    return FIRST_WAIT_SECONDS * float(2**attempt)
