"""What other rooms ask of the bot by name: a test message, and the failed ones once more."""

from django.utils import translation
from procrastinate.contrib.django import app

from frontdesk.accounts.models import TelegramLink
from frontdesk.accounts.telegram_requests import RESEND, TEST_MESSAGE
from frontdesk.channels.telegram import outbox
from frontdesk.channels.telegram.outbound import queue_message
from frontdesk.channels.telegram.person import spoken
from frontdesk.channels.telegram.steps import texts
from frontdesk.channels.telegram.steps.says import Say


@app.task(name=TEST_MESSAGE)
def send_test_message(link_id: int) -> None:
    """Send a linked chat the words that Telegram works."""
    link = TelegramLink.objects.active().select_related("user").filter(pk=link_id).first()
    if link is None:
        return
    with translation.override(spoken(link.language, link.user.language)):
        queue_message(link, Say(str(texts.TEST_MESSAGE)))


@app.task(name=RESEND)
def resend_failed(bot_id: int) -> None:
    """Send everything again that was given up."""
    outbox.resend_failed(bot_id)
