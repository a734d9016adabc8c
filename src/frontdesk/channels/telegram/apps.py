"""The Telegram channel as a Django app."""

from django.apps import AppConfig


class TelegramConfig(AppConfig):
    """See the room's own docstring."""

    name = "frontdesk.channels.telegram"
    label = "telegram"
