"""Links a Telegram chat to a person by a one-time code, and takes the link back."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from frontdesk.accounts.models import Provider, User
from frontdesk.accounts.models.telegram import TelegramBot, TelegramLink, TelegramLinkCode
from frontdesk.accounts.telegram_bots import bot_for
from frontdesk.shared.rate_limit import Rate, count_hit

CODE_LIVES = timedelta(minutes=15)
# 128 bit stand in the link; the code to type is short, so that few tries are allowed at it.
LINK_BYTES = 16
TYPED_SYMBOLS = 8
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
MADE = Rate("telegram-code-made", most=10, seconds=900)
TRIED_BY_CHAT = Rate("telegram-code-tried", most=5, seconds=900)
TRIED_AT_BOT = Rate("telegram-code-tried-at-bot", most=200, seconds=900)


class CodeRefused(Exception):
    """The code is unknown, was used, or is older than 15 minutes: it is not said which."""


@dataclass(frozen=True, slots=True)
class LinkCode:
    """A fresh code: shown now, and never to be had again."""

    bot: TelegramBot
    link_code: str
    typed_code: str
    expires_at: datetime

    @property
    def address(self) -> str:
        """The deep link."""
        return f"https://t.me/{self.bot.username}?start={self.link_code}"

    @property
    def typed_code_in_groups(self) -> str:
        """As people read it: K7QF 2M9D."""
        half = TYPED_SYMBOLS // 2
        return f"{self.typed_code[:half]} {self.typed_code[half:]}"


@dataclass(frozen=True, slots=True)
class ChatName:
    """A private chat, and what Telegram says of the person in it: for showing only."""

    chat_id: int
    username: str = ""
    language: str = ""


def make_link_code(*, user: User, bot: TelegramBot) -> LinkCode:
    """Return a code that links one chat to `user`; older unused ones are void from now on.

    Raises TooFast past 10 codes in 15 minutes.
    """
    count_hit(MADE, str(user.pk))
    link_code = secrets.token_urlsafe(LINK_BYTES)
    typed_code = "".join(secrets.choice(ALPHABET) for _ in range(TYPED_SYMBOLS))
    expires_at = timezone.now() + CODE_LIVES
    with transaction.atomic():
        TelegramLinkCode.objects.filter(user=user, bot=bot, used_at__isnull=True).delete()
        TelegramLinkCode.objects.create(
            user=user,
            bot=bot,
            link_digest=_digest(link_code),
            typed_digest=_digest(typed_code),
            expires_at=expires_at,
        )
    return LinkCode(bot, link_code, typed_code, expires_at)


def redeem_code(*, bot: TelegramBot, code: str, chat: ChatName) -> TelegramLink:
    """Link the chat to whoever made the code, and return the link; an older link ends.

    Raises CodeRefused, or TooFast past 5 wrong or right codes in 15 minutes from a chat.
    """
    count_hit(TRIED_BY_CHAT, f"{bot.pk}:{chat.chat_id}")
    count_hit(TRIED_AT_BOT, str(bot.pk))
    digest = _digest(_as_typed(code) or code)
    now = timezone.now()
    with transaction.atomic():
        found = (
            TelegramLinkCode.objects.select_for_update()
            .filter(Q(link_digest=digest) | Q(typed_digest=digest))
            .filter(bot=bot, used_at__isnull=True, expires_at__gt=now, user__is_active=True)
            .first()
        )
        if found is None:
            raise CodeRefused
        found.used_at = now
        found.save(update_fields=["used_at"])
        end_links(TelegramLink.objects.filter(bot=bot, chat_id=chat.chat_id))
        return TelegramLink.objects.create(
            bot=bot,
            user_id=found.user_id,
            chat_id=chat.chat_id,
            username=chat.username[:64],
            language=chat.language[:10],
            linked_at=now,
        )


def looks_like_code(text: str) -> bool:
    """Whether the text may be a typed code: K7QF 2M9D, in any case, with or without the space."""
    return bool(_as_typed(text))


def forget_codes(bot_id: int, *, expired_before: datetime) -> None:
    """Delete the codes that can be of no use any more."""
    TelegramLinkCode.objects.filter(bot_id=bot_id, expires_at__lt=expired_before).delete()


def links_of(user: User, provider: Provider) -> list[TelegramLink]:
    """Return the person's chats that serve this provider, newest first."""
    bot = bot_for(provider)
    if bot is None:
        return []
    return list(TelegramLink.objects.active().filter(user=user, bot=bot).order_by("-linked_at"))


def unlink(*, user: User, link_id: int) -> None:
    """End one of the person's own links. Raises TelegramLink.DoesNotExist for any other."""
    own = TelegramLink.objects.active().filter(user=user)
    end_links(TelegramLink.objects.filter(pk=own.get(pk=link_id).pk))


def end_links(links: QuerySet[TelegramLink]) -> None:
    """Mark links as taken back; what waits to be sent to them is not sent any more."""
    links.filter(unlinked_at__isnull=True).update(unlinked_at=timezone.now())


def mark_blocked(link_id: int) -> None:
    """The person blocked the bot: nothing is sent until he writes again."""
    TelegramLink.objects.filter(pk=link_id, blocked_at__isnull=True).update(
        blocked_at=timezone.now()
    )


def mark_reachable(link: TelegramLink, chat: ChatName) -> None:
    """The person wrote: he is reachable, and may go by another name now."""
    if link.blocked_at is None and link.username == chat.username[:64]:
        return
    link.blocked_at, link.username = None, chat.username[:64]
    link.save(update_fields=["blocked_at", "username"])


def set_language(link: TelegramLink, language: str) -> None:
    """Remember the language the person wants to read in this chat."""
    link.language = language
    link.save(update_fields=["language"])


def _digest(code: str) -> str:
    return salted_hmac("frontdesk telegram link", code, algorithm="sha256").hexdigest()


def _as_typed(text: str) -> str:
    """Return the code that the text is, without spaces; empty if it cannot be one."""
    code = "".join(text.split()).upper()
    return code if len(code) == TYPED_SYMBOLS and set(code) <= set(ALPHABET) else ""
