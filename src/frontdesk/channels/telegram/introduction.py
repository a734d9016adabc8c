"""What a bot tells Telegram of itself when it starts, and learns of its own name."""

from typing import Any

from django.utils import translation
from structlog import get_logger

from frontdesk.accounts.telegram_bots import keep_name
from frontdesk.channels.telegram.health import Health
from frontdesk.channels.telegram.plan import Plan
from frontdesk.channels.telegram.polling import KINDS
from frontdesk.channels.telegram.steps import texts
from frontdesk.channels.telegram.steps.keyboards import LANGUAGES
from frontdesk.channels.telegram.threads import Database
from frontdesk.shared.bot_api import (
    BotCommand,
    DeleteWebhook,
    GetMe,
    SetMyCommands,
    SetWebhook,
    TelegramMethod,
)
from frontdesk.shared.telegram_client import TELEGRAM_ERRORS, TelegramClient

logger = get_logger(__name__)

SECONDS = 5


async def introduce(client: TelegramClient, plan: Plan, database: Database, health: Health) -> bool:
    """Learn the name, set the mode and the command menu; return whether the bot is known now.

    What a server refuses is left out.
    """
    me = await _try(client, GetMe(), health)
    if isinstance(me, dict):
        names = {"username": str(me.get("username") or ""), "name": str(me.get("first_name") or "")}
        await database.run_until_done(keep_name, plan.bot_id, **names)
    if plan.is_webhook:
        hook = SetWebhook(
            url=plan.webhook_address,
            secret_token=plan.webhook_secret,
            allowed_updates=KINDS,
        )
        is_set = await _try(client, hook, health) is not None
    else:
        is_set = True
        await _try(client, DeleteWebhook(), health)
    for number, (code, _name) in enumerate(LANGUAGES):
        # The first language is also everybody's who speaks none of them.
        await _try(client, _commands(code, is_default=number == 0), None)
    return is_set and isinstance(me, dict)


async def _try(client: TelegramClient, method: TelegramMethod[Any], health: Health | None) -> Any:
    try:
        result = await client.call(method, seconds=SECONDS)
    except TELEGRAM_ERRORS as error:
        logger.info("telegram_method_refused", method=method.__api_method__)
        if health is not None:
            health.failed(client.reason(error))
        return None
    if health is not None:
        health.succeeded()
    return result


def _commands(code: str, *, is_default: bool) -> SetMyCommands:
    with translation.override(code):
        commands = [
            BotCommand(command=name, description=str(about)) for name, about in texts.COMMANDS
        ]
    return SetMyCommands(commands=commands, language_code=None if is_default else code)
