"""The operations room as a Django app."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """See the room's own docstring."""

    name = "frontdesk.operations"
    label = "operations"
