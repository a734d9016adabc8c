"""Speaks to a Bot API server, Telegram's own or another one, and takes its answers as they come.

Other servers leave out fields that Telegram always sends, so that answers are read plainly
instead of being checked against every type; the token stands in no error and no log.
"""

import json
import re
from tempfile import SpooledTemporaryFile
from typing import Any

from aiohttp import ClientError
from django.conf import settings

from frontdesk.shared.bot_api import (
    AiogramError,
    AiohttpSession,
    Bot,
    GetFile,
    Response,
    TelegramAPIError,
    TelegramAPIServer,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramForbiddenError,
    TelegramMethod,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)

SECONDS = 20
FILE_SECONDS = 120
MEMORY_BYTES = 1024 * 1024
TOKENS = re.compile(r"(?<=bot)[^/\s:]+:[\w-]+")
DEFAULT_WAIT_SECONDS = 5
ERRORS: dict[int, type[TelegramAPIError]] = {
    400: TelegramBadRequest,
    401: TelegramUnauthorizedError,
    403: TelegramForbiddenError,
    404: TelegramNotFound,
    409: TelegramConflictError,
}
# What any call may end in; all others are mistakes of ours.
TELEGRAM_ERRORS = (AiogramError, ClientError, TimeoutError, OSError)


class FileTooLarge(Exception):
    """The file is larger than it was announced."""


class TelegramClient(Bot):
    """Calls one bot's methods; a result is what the server sent, not yet looked at."""

    def __init__(self, token: str, *, api_url: str = "", proxy: str | None = None) -> None:
        """Make a client; nothing is asked before the first call."""
        session = _PlainSession(
            api=TelegramAPIServer.from_base(api_url or settings.TELEGRAM_API_URL),
            proxy=(settings.TELEGRAM_PROXY if proxy is None else proxy) or None,
            timeout=SECONDS,
        )
        # aiogram wants a token of Telegram's shape; other servers give out any word.
        super().__init__("0:stands-in", session=session)
        self._own_token = token

    @property
    def token(self) -> str:
        """The token that calls are made with."""
        return self._own_token

    async def call(self, method: TelegramMethod[Any], *, seconds: int = SECONDS) -> Any:
        """Call a method and return the plain result. Raises one of TELEGRAM_ERRORS."""
        return await self(method, request_timeout=seconds)

    async def fetch(self, file_id: str, *, most_bytes: int) -> "SpooledTemporaryFile[bytes]":
        """Return the file's content, rewound.

        Raises one of TELEGRAM_ERRORS, or FileTooLarge beyond `most_bytes`.
        """
        found = await self.call(GetFile(file_id=file_id))
        address = self.session.api.file_url(self.token, str(found["file_path"]))
        content = SpooledTemporaryFile[bytes](MEMORY_BYTES)
        size = 0
        async for chunk in self.session.stream_content(address, timeout=FILE_SECONDS):
            size += len(chunk)
            if size > most_bytes:
                content.close()
                raise FileTooLarge
            content.write(chunk)
        content.seek(0)
        return content

    def reason(self, error: BaseException) -> str:
        """Return what went wrong in one line, without the token."""
        words = str(error).replace(self.token, "…") or type(error).__name__
        return " ".join(TOKENS.sub("…", words).split())[:300]


class _PlainSession(AiohttpSession):
    """Takes any JSON result as it is, and any other body as a refusal with its status."""

    def check_response(
        self, bot: Bot, method: TelegramMethod[Any], status_code: int, content: str
    ) -> Response[Any]:
        """Return the result, or raise the error that the answer stands for."""
        answer = _read(content)
        if answer.get("ok") is True and status_code < 300:
            return Response[Any].model_construct(ok=True, result=answer.get("result"))
        words = str(answer.get("description") or f"HTTP {status_code}")
        status = _whole(answer.get("error_code")) or (status_code if status_code >= 400 else 502)
        parameters = answer.get("parameters")
        wait = _whole(parameters.get("retry_after")) if isinstance(parameters, dict) else 0
        if wait or status == 429:
            raise TelegramRetryAfter(method, words, retry_after=wait or DEFAULT_WAIT_SECONDS)
        if status >= 500:
            raise TelegramServerError(method, words)
        raise ERRORS.get(status, TelegramAPIError)(method, words)


def _read(content: str) -> dict[str, Any]:
    try:
        answer = json.loads(content)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0
