"""The web channel as a Django app."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """See the room's own docstring."""

    name = "frontdesk.channels.web"
    label = "web"
