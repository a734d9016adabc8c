"""The migration that numbers the bots: of two that run one bot the older gets the number."""

from importlib import import_module

import pytest
from django.apps import apps

from frontdesk.accounts.models import TelegramBot
from frontdesk.accounts.telegram_bots import connect_bot
from frontdesk.shared.sealing import seal

migration = import_module("frontdesk.accounts.migrations.0006_one_owner_of_a_bot")
pytestmark = pytest.mark.django_db


def test_bots_of_before_are_numbered_and_none_is_stopped(north, south):
    first = connect_bot(provider=north, token="100:secret")
    second = connect_bot(provider=south, token="200:secret")
    second.sealed_token = seal("100:secret")
    second.save()
    TelegramBot.objects.update(telegram_id=None)

    migration.number_bots(apps, None)

    numbers = dict(TelegramBot.objects.filter(is_active=True).values_list("pk", "telegram_id"))
    assert numbers == {first.pk: 100, second.pk: None}
