"""The bots' settings: tokens at rest, limits, how updates arrive, and how the bot is doing."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from frontdesk.accounts.models import Provider
from frontdesk.accounts.models.telegram import TelegramBot, TelegramLimits, TelegramMode
from frontdesk.shared.sealing import Unsealable, seal, unseal

# The process beats every five seconds.
SILENT_AFTER = timedelta(seconds=30)
MOST_DIGITS = 18


class BotTaken(Exception):
    """Another provider of this installation has the bot, or the installation itself."""


def connect_bot(*, provider: Provider | None, token: str) -> TelegramBot:
    """Make the token's bot the provider's, or the installation's, and return it.

    A bot that was connected before, with this token or an older one of its own, comes back
    with its links. Raises BotTaken, and nothing has changed.
    """
    number = bot_number(token)
    with transaction.atomic():
        _wait_for_turn()
        others = TelegramBot.objects.filter(is_active=True).exclude(provider=provider)
        if number is not None and others.filter(telegram_id=number).exists():
            raise BotTaken
        known = list(TelegramBot.objects.select_for_update().filter(provider=provider))
        bot = next((one for one in known if _is_token_of(one, token)), None)
        if bot is None:
            bot = TelegramBot(provider=provider)
        if not _can_unseal(bot.sealed_webhook_secret):
            bot.sealed_webhook_secret = seal(secrets.token_urlsafe(32))
        disconnect_bot(provider=provider)
        bot.telegram_id, bot.sealed_token, bot.is_active = number, seal(token), True
        bot.save()
        return bot


def bot_number(token: str) -> int | None:
    """Return whose token it is: a renewed one keeps the number. None where it names nobody."""
    number, colon, _secret = token.partition(":")
    is_number = number.isascii() and number.isdigit() and len(number) <= MOST_DIGITS
    return int(number) if colon and is_number else None


def _wait_for_turn() -> None:
    """Let one be connected at a time: whose bot it is may be asked by two at once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('telegram bot', 0))")


def _is_token_of(bot: TelegramBot, token: str) -> bool:
    """Whether the token names this bot."""
    number = bot_number(token)
    if number is not None and bot.telegram_id == number:
        return True
    return _can_unseal(bot.sealed_token) and bot_token(bot) == token


def _can_unseal(sealed: str) -> bool:
    try:
        unseal(sealed)
    except Unsealable:
        return False
    return True


def disconnect_bot(*, provider: Provider | None) -> None:
    """Stop the provider's bot; its links stay for when it is connected again."""
    TelegramBot.objects.filter(provider=provider).update(is_active=False)


def bot_token(bot: TelegramBot) -> str:
    """Return the token. Raises Unsealable when SECRET_KEY has changed since it was entered."""
    return unseal(bot.sealed_token)


def webhook_secret(bot: TelegramBot) -> str:
    """Return what Telegram must send along with each update."""
    return unseal(bot.sealed_webhook_secret)


def webhook_address(bot: TelegramBot) -> str:
    """Return where Telegram is to send updates."""
    return f"{settings.PUBLIC_URL}/telegram/{bot.pk}/"


def set_mode(bot: TelegramBot, mode: TelegramMode) -> None:
    """Choose how updates arrive; the running process follows within seconds."""
    bot.mode = mode
    bot.save(update_fields=["mode"])


def bot_for(provider: Provider) -> TelegramBot | None:
    """Return the bot that serves this provider: its own, else the installation's."""
    active = TelegramBot.objects.filter(is_active=True)
    return active.filter(provider=provider).first() or active.filter(provider__isnull=True).first()


def keep_name(bot_id: int, *, username: str, name: str) -> None:
    """Remember what Telegram calls the bot."""
    TelegramBot.objects.filter(pk=bot_id).update(username=username[:64], name=name[:128])


def report(bot_id: int, **known: object) -> None:
    """Write what the bot's process tells of itself: the fields below those of the settings."""
    TelegramBot.objects.filter(pk=bot_id).update(**known)


def limits_of(provider_id: int) -> TelegramLimits:
    """Return the provider's limits; without a row they are the defaults."""
    found = TelegramLimits.objects.filter(provider_id=provider_id).first()
    return found or TelegramLimits(provider_id=provider_id)


def set_limits(*, provider: Provider, most_symbols: int, most_files: int) -> TelegramLimits:
    """Set what the provider's clients may send in one message and one ticket."""
    limits = TelegramLimits(provider=provider, most_symbols=most_symbols, most_files=most_files)
    limits.full_clean(validate_unique=False, validate_constraints=False)
    limits.save()
    return limits


def bot_trouble(bot: TelegramBot) -> str:
    """Return why the bot is not ready, in one line; empty when it is."""
    if bot.beat_at is None:
        return "The bot has not started yet: is `frontdesk telegram` running?"
    if timezone.now() - bot.beat_at > SILENT_AFTER:
        return "The bot has not been heard of for 30 s: start `frontdesk telegram`."
    if bot.last_success_at is None or (
        bot.last_error_at is not None and bot.last_error_at > bot.last_success_at
    ):
        return f"Telegram does not answer: {bot.last_error or 'no answer yet'}"
    return ""
