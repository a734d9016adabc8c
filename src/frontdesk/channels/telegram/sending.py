"""Makes one call of the Bot API for one outgoing message, and says how it ended."""

import asyncio
from collections.abc import AsyncGenerator
from html import unescape
from typing import Any

from django.core.files.storage import default_storage
from structlog import get_logger

from frontdesk.channels.telegram.marked import Marked, is_plain
from frontdesk.channels.telegram.models import Kind
from frontdesk.channels.telegram.outbox import FILES, End, Sent, ToSend
from frontdesk.shared.bot_api import (
    Bot,
    EditMessageReplyMarkup,
    EditMessageText,
    InlineKeyboardMarkup,
    InputFile,
    InputMediaDocument,
    InputMediaPhoto,
    LinkPreviewOptions,
    MediaUnion,
    ReplyParameters,
    SendDocument,
    SendMediaGroup,
    SendMessage,
    SendPhoto,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMethod,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from frontdesk.shared.telegram_client import (
    FILE_SECONDS,
    SECONDS,
    TELEGRAM_ERRORS,
    TelegramClient,
)
from frontdesk.support.models import Attachment

logger = get_logger(__name__)

FIRST_WAIT_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 300.0
# With the waits above: two hours of words, a minute of files, whose words tell where they are.
ATTEMPTS = {Kind.MESSAGE: 30, Kind.EDIT: 4, Kind.NO_BUTTONS: 2}
FILE_ATTEMPTS = 6
NOT_MODIFIED = "message is not modified"
BAD_MARKUP = "can't parse entities"
CHUNK = 256 * 1024


class StoredInput(InputFile):
    """A file read from the storage as it is sent."""

    def __init__(self, file: Attachment) -> None:
        """Name the file; it is opened when the call is made."""
        super().__init__(filename=file.name)
        self._key = file.storage_key

    async def read(self, _bot: Bot) -> AsyncGenerator[bytes, None]:
        """Yield the content piece by piece; waiting for the disk holds up nobody."""
        content = await asyncio.to_thread(default_storage.open, self._key)
        try:
            while chunk := await asyncio.to_thread(content.read, CHUNK):
                yield chunk
        finally:
            await asyncio.to_thread(content.close)


async def send(client: TelegramClient, message: ToSend) -> Sent:
    """Make the call. Nothing is raised: every end is one of the outbox's."""
    if message.kind in {Kind.EDIT, Kind.NO_BUTTONS} and message.on_message is None:
        return _failed(message, "the message to change was never sent")
    try:
        return await _end_of_call(client, message)
    except Exception as error:
        # Of the storage, or a mistake of ours: marked as being sent, it would wait for nobody.
        logger.exception("telegram_send_broke", message=message.id)
        return _again(message, client.reason(error))


async def _end_of_call(client: TelegramClient, message: ToSend) -> Sent:
    try:
        result = await _call(client, message)
    except TelegramRetryAfter as error:
        wait = float(error.retry_after)
        return Sent(End.AGAIN, reason="too fast", wait_seconds=wait, holds_chat=True)
    except TelegramForbiddenError as error:
        return Sent(End.BLOCKED, reason=client.reason(error))
    except (TelegramNetworkError, TelegramServerError, TelegramUnauthorizedError) as error:
        return _again(message, client.reason(error))
    except TelegramAPIError as error:
        if NOT_MODIFIED in str(error):
            return Sent(End.SENT, message_ids=_ids(message, None))
        return _failed(message, client.reason(error))
    except TELEGRAM_ERRORS as error:
        return _again(message, client.reason(error))
    return Sent(End.SENT, message_ids=_ids(message, result))


async def _call(client: TelegramClient, message: ToSend) -> Any:
    seconds = FILE_SECONDS if message.kind in FILES else SECONDS
    try:
        return await client.call(_method(message), seconds=seconds)
    except TelegramAPIError as error:
        # Better without marks, or as a plain file, than not at all.
        if BAD_MARKUP in str(error):
            return await client.call(_method(message, is_bare=True), seconds=seconds)
        if message.kind is Kind.PHOTOS and isinstance(error, TelegramBadRequest):
            return await client.call(_files(message, as_photos=False), seconds=seconds)
        raise


def _method(message: ToSend, *, is_bare: bool = False) -> TelegramMethod[Any]:
    if message.kind in FILES:
        return _files(message, as_photos=message.kind is Kind.PHOTOS)
    keyboard = _keyboard(message)
    if message.kind is Kind.NO_BUTTONS:
        return EditMessageReplyMarkup(chat_id=message.chat_id, message_id=message.on_message)
    words = _words(message, is_bare=is_bare)
    preview = LinkPreviewOptions(is_disabled=True)
    if message.kind is Kind.EDIT:
        return EditMessageText(
            chat_id=message.chat_id,
            message_id=message.on_message,
            reply_markup=keyboard,
            link_preview_options=preview,
            **words,
        )
    return SendMessage(
        chat_id=message.chat_id, reply_markup=keyboard, link_preview_options=preview, **words
    )


def _words(message: ToSend, *, is_bare: bool) -> dict[str, Any]:
    """Return the text; without marks in it, it is sent as the plain text that it is."""
    html = message.payload["html"]
    if is_bare:
        return {"text": Marked.parse(html).text, "parse_mode": None}
    if is_plain(html):
        return {"text": unescape(html), "parse_mode": None}
    return {"text": html, "parse_mode": "HTML"}


def _keyboard(message: ToSend) -> InlineKeyboardMarkup | None:
    rows = message.payload.get("buttons")
    return InlineKeyboardMarkup.model_validate({"inline_keyboard": rows}) if rows else None


def _files(message: ToSend, *, as_photos: bool) -> TelegramMethod[Any]:
    reply = _reply_to(message)
    files = [StoredInput(file) for file in message.files]
    if len(files) == 1 and as_photos:
        return SendPhoto(chat_id=message.chat_id, photo=files[0], reply_parameters=reply)
    if len(files) == 1:
        return SendDocument(chat_id=message.chat_id, document=files[0], reply_parameters=reply)
    kind = InputMediaPhoto if as_photos else InputMediaDocument
    media: list[MediaUnion] = [kind(media=file) for file in files]
    return SendMediaGroup(chat_id=message.chat_id, media=media, reply_parameters=reply)


def _reply_to(message: ToSend) -> ReplyParameters | None:
    if message.on_message is None:
        return None
    return ReplyParameters(message_id=message.on_message, allow_sending_without_reply=True)


def _again(message: ToSend, reason: str) -> Sent:
    """Try again after a growing wait, or give up."""
    if message.attempts >= ATTEMPTS.get(message.kind, FILE_ATTEMPTS):
        return _failed(message, reason)
    wait = min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2 ** (message.attempts - 1))
    return Sent(End.AGAIN, reason=reason, wait_seconds=wait)


def _failed(message: ToSend, reason: str) -> Sent:
    """Give up; buttons that could not be taken away are no loss, a press of them is answered."""
    is_optional = message.kind is Kind.NO_BUTTONS
    return Sent(End.SKIPPED if is_optional else End.FAILED, reason=reason)


def _ids(message: ToSend, result: Any) -> tuple[int, ...]:
    """Return the numbers of what was sent; an edit keeps the message's own."""
    if message.kind in {Kind.EDIT, Kind.NO_BUTTONS}:
        return (message.on_message,) if message.on_message and message.kind is Kind.EDIT else ()
    sent = result if isinstance(result, list) else [result]
    numbers = (one.get("message_id") for one in sent if isinstance(one, dict))
    return tuple(int(number) for number in numbers if number)
