"""Linked chats of the people of the house."""

import pytest

from tests.channels.telegram.chatting import TestChat, a_bot, link


@pytest.fixture
def bot(north):
    """North Host's own bot."""
    return a_bot(north)


@pytest.fixture
def alices_chat(alice, bot):
    link(alice, bot, 501)
    return TestChat(bot, 501)


@pytest.fixture
def carols_chat(carol, bot):
    link(carol, bot, 502)
    return TestChat(bot, 502)
