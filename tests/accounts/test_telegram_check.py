"""A token is taken once Telegram has said whose it is."""

import pytest

from frontdesk.accounts.telegram_check import BotName, TokenRefused, ask_name
from tests.channels.telegram.sandbox import TOKEN, running_sandbox


@pytest.fixture
def sandbox(settings):
    with running_sandbox() as running:
        settings.TELEGRAM_API_URL = running.url
        yield running


def test_known_token_gives_the_bots_name(sandbox):
    assert ask_name(TOKEN) == BotName("northhost_bot", "North Host support")


def test_unknown_token_is_refused(sandbox):
    with pytest.raises(TokenRefused, match="Unauthorized"):
        ask_name("1:unknown")


def test_silence_is_told_without_the_token(settings):
    settings.TELEGRAM_API_URL = "http://127.0.0.1:9"

    with pytest.raises(TokenRefused) as refusal:
        ask_name("1:very-secret")

    assert "very-secret" not in str(refusal.value)
