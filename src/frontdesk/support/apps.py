"""The support room as a Django app."""

from django.apps import AppConfig


class SupportConfig(AppConfig):
    """See the room's own docstring."""

    name = "frontdesk.support"
    label = "support"
