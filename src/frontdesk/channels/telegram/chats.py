"""A chat's row: whose dialogue it holds, locked while an update of it is done."""

from datetime import timedelta

from django.utils import timezone
from pydantic import ValidationError

from frontdesk.accounts.models import TelegramLink
from frontdesk.channels.telegram.models import Chat
from frontdesk.channels.telegram.steps.state import State

DIALOGUE_LIVES = timedelta(hours=24)
# This is read for every update: only what the way of most of them needs.
NEEDED = (
    *("bot", "chat_id", "link", "state", "is_open", "live", "live_slot", "changed_at"),
    *("bot__provider", "bot__provider__time_zone", "link__bot", "link__user", "link__chat_id"),
    *("link__username", "link__language", "link__unlinked_at", "link__blocked_at"),
    *("link__user__name", "link__user__email", "link__user__language"),
    *("link__user__time_zone", "link__user__is_active"),
)


def load_chat(bot_id: int, chat_id: int) -> tuple[Chat, TelegramLink | None]:
    """Return the chat, locked, and its link; a chat that is new is made."""
    chats = Chat.objects.select_for_update(of=("self",)).filter(bot_id=bot_id, chat_id=chat_id)
    chats = chats.select_related("bot__provider", "link__user").only(*NEEDED)
    chat = chats.first()
    if chat is None:
        row = Chat(bot_id=bot_id, chat_id=chat_id, changed_at=timezone.now())
        Chat.objects.bulk_create([row], ignore_conflicts=True)
        chat = chats.get()
    if chat.link is not None and chat.link.unlinked_at is None:
        return chat, chat.link
    return chat, link_of(bot_id, chat_id)


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
    chat.save(update_fields=["link", "state", "is_open", "live", "live_slot", "changed_at"])


def forget(chat: Chat) -> None:
    """Nobody's dialogue any more."""
    chat.state, chat.is_open, chat.live, chat.live_slot = {}, False, None, ""
    chat.save(update_fields=["state", "is_open", "live", "live_slot"])
