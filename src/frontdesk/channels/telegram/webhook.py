"""Telegram calls us: an update is stored, and the bot's process is woken."""

import json

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from frontdesk.accounts.models import TelegramBot
from frontdesk.accounts.models.telegram import TelegramMode
from frontdesk.accounts.telegram_bots import webhook_secret
from frontdesk.channels.telegram.inbound import store
from frontdesk.channels.telegram.waking import wake

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name


@csrf_exempt
@require_POST
def receive(request: HttpRequest, bot_id: int) -> HttpResponse:
    """Store one update of a bot in webhook mode. Without its secret there is nothing here."""
    bots = TelegramBot.objects.filter(pk=bot_id, is_active=True, mode=TelegramMode.WEBHOOK)
    bot = bots.first()
    given = request.headers.get(SECRET_HEADER, "")
    if bot is None or not constant_time_compare(given, webhook_secret(bot)):
        raise Http404
    try:
        update = json.loads(request.body)
        chats = store(bot.pk, [update])
    except (ValueError, KeyError, TypeError):
        return HttpResponseBadRequest("not an update")
    for chat_id in chats:
        wake(bot.pk, chat_id)
    return HttpResponse(status=200)
