"""Asks Telegram whose token it is, before a provider's settings take it."""

import asyncio
from dataclasses import dataclass
from typing import Any

SECONDS = 10


class TokenRefused(Exception):
    """Telegram does not know the token, or does not answer; the words say which."""


@dataclass(frozen=True, slots=True)
class BotName:
    """How the bot is called: its address is t.me/<username>."""

    username: str
    name: str


def ask_name(token: str) -> BotName:
    """Return the bot's name. Raises TokenRefused with one line, in which the token is not."""
    # Loaded when a page asks, not in every process that serves pages.
    from frontdesk.shared.bot_api import GetMe
    from frontdesk.shared.telegram_client import TELEGRAM_ERRORS, TelegramClient

    async def ask() -> Any:
        client = TelegramClient(token)
        try:
            return await client.call(GetMe(), seconds=SECONDS)
        except TELEGRAM_ERRORS as error:
            raise TokenRefused(client.reason(error)) from None
        finally:
            await client.session.close()

    me = asyncio.run(ask())
    if not isinstance(me, dict) or not me.get("username"):
        raise TokenRefused("The answer names no bot.")
    return BotName(str(me["username"]), str(me.get("first_name") or ""))
