"""An administrator chooses how Telegram's updates reach the provider's bot."""

from django.db import transaction

from frontdesk.accounts.models import TelegramBot
from frontdesk.accounts.models.telegram import TelegramMode
from frontdesk.accounts.telegram_bots import set_mode
from frontdesk.support import errors
from frontdesk.support.actor import Actor
from frontdesk.support.settings import need_administrator, record_setting


def set_telegram_mode(*, by: Actor, mode: str) -> TelegramBot:
    """Set the mode of the provider's own bot and return the bot.

    Raises NotAllowed, BadValue, or TelegramBot.DoesNotExist.
    """
    need_administrator(by)
    if mode not in TelegramMode.values:
        raise errors.BadValue("mode", errors.BadValue.UNKNOWN)
    with transaction.atomic():
        active = TelegramBot.objects.select_for_update(no_key=True).filter(is_active=True)
        bot = active.get(provider_id=by.provider_id)
        set_mode(bot, TelegramMode(mode))
        record_setting("telegram_bot", bot.pk, mode, by=by)
        return bot
