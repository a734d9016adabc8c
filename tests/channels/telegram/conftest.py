"""Linked chats of the people of the house, and the pure dialogue's imagined chat."""

import pytest

from tests.channels.telegram.chatting import TestChat, a_bot, link
from tests.channels.telegram.imagined import Chat


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


@pytest.fixture
def chat() -> Chat:
    """A chat that exists in memory only."""
    return Chat()


@pytest.fixture
def describing(chat: Chat) -> Chat:
    """A new ticket at its last step."""
    chat.send("/createticket")
    chat.press("Technical support · Free")
    chat.send("Website is slow")
    chat.press("Skip")
    return chat
