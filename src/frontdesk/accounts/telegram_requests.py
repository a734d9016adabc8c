"""Asks the bot for something from a page: named, not imported, as the bot is a room above."""

from frontdesk.accounts.models import TelegramBot, TelegramLink
from frontdesk.shared.jobs import defer

TEST_MESSAGE = "telegram_test_message"
RESEND = "telegram_resend"
QUEUE = "telegram"


def ask_test_message(link: TelegramLink) -> None:
    """Let the bot write to the chat that it works."""
    defer(TEST_MESSAGE, queue=QUEUE, link_id=link.pk)


def ask_resend(bot: TelegramBot) -> None:
    """Let the bot send again what it gave up."""
    defer(RESEND, queue=QUEUE, bot_id=bot.pk)
