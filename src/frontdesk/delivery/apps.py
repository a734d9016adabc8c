"""The delivery room as a Django app."""

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    """See the room's own docstring."""

    name = "frontdesk.delivery"
    label = "delivery"
