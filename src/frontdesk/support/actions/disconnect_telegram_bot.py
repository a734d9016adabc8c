"""An administrator stops the provider's own Telegram bot."""

from django.db import transaction

from frontdesk.accounts.models import Provider, TelegramBot
from frontdesk.accounts.telegram_bots import disconnect_bot
from frontdesk.support.actor import Actor
from frontdesk.support.settings import need_administrator, record_setting


def disconnect_telegram_bot(*, by: Actor) -> None:
    """Stop the bot; its links stay for when it is connected again. Raises NotAllowed."""
    need_administrator(by)
    with transaction.atomic():
        provider = Provider.objects.select_for_update(no_key=True).get(pk=by.provider_id)
        bot = TelegramBot.objects.filter(provider=provider, is_active=True).first()
        if bot is not None:
            disconnect_bot(provider=provider)
            record_setting("telegram_bot", bot.pk, "disconnected", by=by)
