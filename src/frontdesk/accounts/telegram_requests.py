"""Asks the bot for something from a page: named, not imported, as the bot is a room above."""

from procrastinate.contrib.django import app as jobs

from frontdesk.accounts.models import TelegramBot, TelegramLink

TEST_MESSAGE = "telegram_test_message"
RESEND = "telegram_resend"
QUEUE = "telegram"


def ask_test_message(link: TelegramLink) -> None:
    """Let the bot write to the chat that it works."""
    jobs.configure_task(TEST_MESSAGE, queue=QUEUE).defer(link_id=link.pk)


def ask_resend(bot: TelegramBot) -> None:
    """Let the bot send again what it gave up."""
    jobs.configure_task(RESEND, queue=QUEUE).defer(bot_id=bot.pk)
