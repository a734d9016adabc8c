"""The parts of aiogram that we use, loaded without building the schemas of all the others.

aiogram builds the validators of some 600 types when it is imported: 5.8 s of processor time and
134 MB, measured. Ours are built here, the rest would be when first used: 0.9 s and 24 MB. Import
from here, not from aiogram. See docs/decisions for the figures.
"""

import contextlib
import typing
from collections.abc import Iterator

from pydantic import BaseModel


@contextlib.contextmanager
def _unbuilt() -> Iterator[None]:
    """Let classes made meanwhile wait with their schema, which pydantic calls `defer_build`."""
    rebuild = BaseModel.__dict__["model_rebuild"]
    BaseModel.model_config["defer_build"] = True
    BaseModel.model_rebuild = classmethod(lambda _cls, **_options: None)  # type: ignore[assignment,method-assign]  # put back below
    try:
        yield
    finally:
        BaseModel.model_rebuild = rebuild  # type: ignore[method-assign]  # as it was
        BaseModel.model_config.pop("defer_build")


with _unbuilt():
    from aiogram import Bot, types
    from aiogram.client.default import Default
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.exceptions import (
        AiogramError,
        TelegramAPIError,
        TelegramBadRequest,
        TelegramConflictError,
        TelegramForbiddenError,
        TelegramNetworkError,
        TelegramNotFound,
        TelegramRetryAfter,
        TelegramServerError,
        TelegramUnauthorizedError,
    )
    from aiogram.methods import (
        AnswerCallbackQuery,
        DeleteWebhook,
        EditMessageReplyMarkup,
        EditMessageText,
        GetFile,
        GetMe,
        GetUpdates,
        SendDocument,
        SendMediaGroup,
        SendMessage,
        SendPhoto,
        SetMyCommands,
        SetWebhook,
    )
    from aiogram.methods.base import Response, TelegramMethod
    from aiogram.types import (
        BotCommand,
        InlineKeyboardMarkup,
        InputFile,
        InputMediaDocument,
        InputMediaPhoto,
        LinkPreviewOptions,
        MediaUnion,
        ReplyParameters,
    )

_NAMES = {name: getattr(types, name) for name in types.__all__} | {
    "Default": Default,
    "List": list,
    "Literal": typing.Literal,
    "Optional": typing.Optional,
    "Union": typing.Union,
}
for _model in (
    *(AnswerCallbackQuery, DeleteWebhook, EditMessageReplyMarkup, EditMessageText, GetFile),
    *(GetMe, GetUpdates, SendDocument, SendMediaGroup, SendMessage, SendPhoto, SetMyCommands),
    *(SetWebhook, BotCommand, InlineKeyboardMarkup, InputMediaDocument, InputMediaPhoto),
    *(LinkPreviewOptions, ReplyParameters),
):
    _model.model_rebuild(_types_namespace=_NAMES)

__all__ = [
    "AiogramError",
    "AiohttpSession",
    "AnswerCallbackQuery",
    "Bot",
    "BotCommand",
    "DeleteWebhook",
    "EditMessageReplyMarkup",
    "EditMessageText",
    "GetFile",
    "GetMe",
    "GetUpdates",
    "InlineKeyboardMarkup",
    "InputFile",
    "InputMediaDocument",
    "InputMediaPhoto",
    "LinkPreviewOptions",
    "MediaUnion",
    "ReplyParameters",
    "Response",
    "SendDocument",
    "SendMediaGroup",
    "SendMessage",
    "SendPhoto",
    "SetMyCommands",
    "SetWebhook",
    "TelegramAPIError",
    "TelegramAPIServer",
    "TelegramBadRequest",
    "TelegramConflictError",
    "TelegramForbiddenError",
    "TelegramMethod",
    "TelegramNetworkError",
    "TelegramNotFound",
    "TelegramRetryAfter",
    "TelegramServerError",
    "TelegramUnauthorizedError",
]
