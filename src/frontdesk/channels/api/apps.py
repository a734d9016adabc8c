"""The API as a Django app: it keeps the first results of calls that carry a key."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """See the room's own docstring."""

    name = "frontdesk.channels.api"
    label = "api"
