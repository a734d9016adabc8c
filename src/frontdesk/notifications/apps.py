"""The notifications room as a Django app."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """See the room's own docstring."""

    name = "frontdesk.notifications"
    label = "notifications"
