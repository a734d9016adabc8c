"""A chat's row: whose dialogue it holds, locked while an update of it is done."""

import json
from datetime import timedelta
from functools import cache
from itertools import chain
from typing import cast

from django.utils import timezone
from pydantic import ValidationError

from frontdesk.accounts.models import Provider, TelegramBot, TelegramLink, User
from frontdesk.channels.telegram.models import Chat
from frontdesk.channels.telegram.steps.state import State
from frontdesk.shared.composed import (
    OTHER_NUMBER,
    SOME_NUMBER,
    Composed,
    compose,
    names_of,
    records_in,
)
from frontdesk.shared.writing import update

DIALOGUE_LIVES = timedelta(hours=24)


def load_chat(bot_id: int, chat_id: int) -> tuple[Chat, TelegramLink | None]:
    """Return the chat, locked, and its link; a chat that is new is made."""
    chat = _locked(bot_id, chat_id)
    if chat is None:
        row = Chat(bot_id=bot_id, chat_id=chat_id, changed_at=timezone.now())
        Chat.objects.bulk_create([row], ignore_conflicts=True)
        chat = _locked(bot_id, chat_id)
        assert chat is not None
    if chat.link is not None and chat.link.unlinked_at is None:
        return chat, chat.link
    return chat, link_of(bot_id, chat_id)


def _locked(bot_id: int, chat_id: int) -> Chat | None:
    rows = _chat_query().rows({SOME_NUMBER: bot_id, OTHER_NUMBER: chat_id})
    if not rows:
        return None
    chat, bot, provider, link, user = records_in(rows[0], *_TOGETHER)
    chat.state = json.loads(chat.state)
    chat.bot, chat.link = bot, link
    if provider is not None:
        bot.provider = provider
    if link is not None:
        link.bot, link.user = bot, user
    return cast("Chat", chat)


# One query for every update: a chat with its bot, whose provider, its link, and whose that is.
_TOGETHER = (Chat, TelegramBot, Provider, TelegramLink, User)
_PATHS = ("", "bot__", "bot__provider__", "link__", "link__user__")


@cache
def _chat_query() -> Composed:
    chats = Chat.objects.select_for_update(of=("self",)).filter(
        bot_id=SOME_NUMBER, chat_id=OTHER_NUMBER
    )
    columns = chain.from_iterable(map(names_of, _TOGETHER, _PATHS))
    return compose(chats.values_list(*columns))


def link_of(bot_id: int, chat_id: int) -> TelegramLink | None:
    """Return the active link of a chat."""
    links = TelegramLink.objects.active().filter(bot_id=bot_id, chat_id=chat_id)
    return links.select_related("user").first()


def state_of(chat: Chat, link: TelegramLink) -> State:
    """Return what is remembered; of another person, or in a form not known any more, nothing."""
    if not is_of(chat, link):
        return State()
    try:
        return State.model_validate(chat.state)
    except ValidationError:
        return State()


def is_of(chat: Chat, link: TelegramLink) -> bool:
    """Whether the remembered dialogue is this person's."""
    return chat.link is not None and chat.link.user_id == link.user_id


def is_expired(chat: Chat, state: State) -> bool:
    """Whether the open dialogue was left for a day."""
    return state.dialogue is not None and timezone.now() - chat.changed_at > DIALOGUE_LIVES


def keep(chat: Chat, link: TelegramLink, state: State) -> None:
    """Remember the dialogue."""
    chat.link = link
    chat.state = state.model_dump(mode="json", exclude_defaults=True)
    chat.is_open = state.dialogue is not None
    chat.changed_at = timezone.now()
    update(chat, "link", "state", "is_open", "live", "live_slot", "changed_at")


def forget(chat: Chat) -> None:
    """Nobody's dialogue any more."""
    chat.state, chat.is_open, chat.live, chat.live_slot = {}, False, None, ""
    chat.save(update_fields=["state", "is_open", "live", "live_slot"])
