"""The billing room as a Django app."""

from django.apps import AppConfig


class BillingConfig(AppConfig):
    """See the room's own docstring."""

    name = "frontdesk.billing"
    label = "billing"
