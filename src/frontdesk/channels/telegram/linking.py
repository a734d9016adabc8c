"""What somebody may do whose chat is not linked: send a code, and learn how to get one."""

from django.utils import translation

from frontdesk.accounts.models import TelegramBot, TelegramLink
from frontdesk.accounts.telegram_links import CodeRefused, looks_like_code, redeem_code
from frontdesk.channels.telegram.models import Chat
from frontdesk.channels.telegram.person import spoken
from frontdesk.channels.telegram.queueing import Place, queue_says
from frontdesk.channels.telegram.reading import Reading
from frontdesk.channels.telegram.steps import texts
from frontdesk.channels.telegram.steps.given import On
from frontdesk.channels.telegram.steps.says import Say
from frontdesk.shared.rate_limit import Rate, TooFast, count_hit

ANSWERED = Rate("telegram-stranger", most=20, seconds=60)


def link_by_code(
    bot: TelegramBot, reading: Reading, chat: Chat, link: TelegramLink | None
) -> TelegramLink | None:
    """Return the new link when the message is a valid code; None when it is not.

    In an open dialogue a text is a part of it, whatever it looks like.
    """
    code = _code(reading, is_busy=link is not None and chat.is_open)
    if not code:
        return None
    assert reading.chat is not None
    try:
        return redeem_code(bot=bot, code=code, chat=reading.chat)
    except (CodeRefused, TooFast):
        return None


def answer_stranger(place: Place, reading: Reading) -> None:
    """Tell how to connect, and nothing else; not more often than a person asks."""
    assert reading.chat is not None
    try:
        count_hit(ANSWERED, f"{place.chat.bot_id}:{place.chat.chat_id}")
    except TooFast:
        return
    words = texts.LINK_REFUSED if _code(reading, is_busy=False) else texts.NOT_CONNECTED
    with translation.override(spoken(reading.chat.language)):
        queue_says(place, (Say(str(words)),), goes_on=False)
    place.chat.save(update_fields=["live", "live_slot"])


def _code(reading: Reading, *, is_busy: bool) -> str:
    given = reading.given
    assert given is not None
    if given.on is On.START:
        return given.argument
    if given.on is On.TEXT and not is_busy and looks_like_code(given.text):
        return given.text
    return ""
