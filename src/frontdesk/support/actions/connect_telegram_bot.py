"""An administrator connects the provider's own Telegram bot."""

import re

from django.db import transaction

from frontdesk.accounts.models import Provider, TelegramBot
from frontdesk.accounts.telegram_bots import BotTaken, connect_bot, keep_name
from frontdesk.accounts.telegram_check import ask_name
from frontdesk.support import errors
from frontdesk.support.actor import Actor
from frontdesk.support.settings import need_administrator, one_line, record_setting

TOKEN_LENGTH = 200
# It becomes a part of an address.
TOKEN = re.compile(r"[\w:-]+", re.ASCII)


def connect_telegram_bot(*, by: Actor, token: str) -> TelegramBot:
    """Ask Telegram whose token it is, take the bot and return it.

    Raises NotAllowed, BadValue, or TokenRefused with what Telegram says.
    """
    need_administrator(by)
    token = one_line("token", token, most=TOKEN_LENGTH)
    if not TOKEN.fullmatch(token):
        raise errors.BadValue("token", errors.BadValue.UNKNOWN)
    known = ask_name(token)
    with transaction.atomic():
        # One at a time: a provider has one bot that works.
        provider = Provider.objects.select_for_update(no_key=True).get(pk=by.provider_id)
        try:
            bot = connect_bot(provider=provider, token=token)
        except BotTaken:
            raise errors.BadValue("token", errors.BadValue.TAKEN) from None
        keep_name(bot.pk, username=known.username, name=known.name)
        bot.refresh_from_db()
        record_setting("telegram_bot", bot.pk, "connected", by=by)
        return bot
