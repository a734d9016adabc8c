"""The accounts room as a Django app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People, providers and what clients bought."""

    name = "frontdesk.accounts"
    label = "accounts"
