"""The shared room as a Django app: it owns the tables of counters and cache."""

from django.apps import AppConfig


class SharedConfig(AppConfig):
    """Counters of rate limits and the cache."""

    name = "frontdesk.shared"
    label = "shared"
