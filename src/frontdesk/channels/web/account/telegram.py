"""Connect Telegram: the one-time code that links a chat, and the chats that are linked."""

from typing import Any

import segno
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from markupsafe import Markup

from frontdesk.accounts.models.telegram import TelegramBot, TelegramLink, TelegramLinkCode
from frontdesk.accounts.telegram_bots import bot_for
from frontdesk.accounts.telegram_links import LinkCode, make_link_code, unlink
from frontdesk.accounts.telegram_requests import ask_test_message
from frontdesk.channels.web.limits import limit
from frontdesk.channels.web.posting import sent_from
from frontdesk.channels.web.render import client_page, page, see_other
from frontdesk.channels.web.visit import ClientVisit, as_client
from frontdesk.shared.rate_limit import Rate, TooFast

PIXELS_A_MODULE = 5
MOST_DIGITS = 18
TEST = Rate("telegram-test", most=10, seconds=900)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@as_client
def telegram(request: HttpRequest, visit: ClientVisit) -> HttpResponse:
    """Show the linked chats, or make a code and show it this once."""
    bot = bot_for(visit.provider)
    # A bot that has not yet said its name has no address that a link could lead to.
    is_ready = bot is not None and bool(bot.username)
    if request.method != "POST" or bot is None or not is_ready:
        return _show(request, visit, bot)
    try:
        made = make_link_code(user=visit.user, bot=bot)
    except TooFast as error:
        return _show(request, visit, bot, refusal=_wait_words(error), status=429)
    # Not by a redirect: the code would have to be kept somewhere on the way.
    return _show(request, visit, bot, made=made)


@never_cache
@require_safe
@as_client
def telegram_state(request: HttpRequest, visit: ClientVisit) -> HttpResponse:
    """Tell the waiting page what became of the code: 204 as long as nothing has."""
    bot = bot_for(visit.provider)
    after = request.GET.get("after", "")
    is_number = after.isascii() and after.isdigit() and len(after) <= MOST_DIGITS
    known = int(after) if is_number else 0
    new = next((one for one in _links(visit, bot) if one.pk > known), None)
    if new is None and _code_lives(visit, bot):
        return HttpResponse(status=204)
    return page(request, "person/telegram_state.html", visit, {"link": new})


@sent_from("telegram", "provider")
@as_client
def telegram_unlink(request: HttpRequest, visit: ClientVisit, link: int) -> HttpResponse:
    """Take one of the person's own chats back."""
    try:
        unlink(user=visit.user, link_id=link)
    except TelegramLink.DoesNotExist:
        raise Http404 from None
    messages.success(request, _("The chat is disconnected. Nothing is sent to it any more."))
    return see_other("telegram", visit.provider.slug)


@sent_from("telegram", "provider")
@as_client
def telegram_test(request: HttpRequest, visit: ClientVisit, link: int) -> HttpResponse:
    """Send a test message to one of the person's own chats."""
    own = TelegramLink.objects.reachable().filter(user=visit.user, pk=link).first()
    if own is None:
        raise Http404
    limit(TEST, request, visit)
    ask_test_message(own)
    messages.success(request, _("A test message is on its way."))
    return see_other("telegram", visit.provider.slug)


def _links(visit: ClientVisit, bot: TelegramBot | None) -> list[TelegramLink]:
    if bot is None:
        return []
    own = TelegramLink.objects.active().filter(user=visit.user, bot=bot)
    return list(own.order_by("-linked_at", "-pk"))


def _code_lives(visit: ClientVisit, bot: TelegramBot | None) -> bool:
    codes = TelegramLinkCode.objects.filter(user=visit.user, bot=bot, used_at__isnull=True)
    return codes.filter(expires_at__gt=timezone.now()).exists()


def _wait_words(error: TooFast) -> str:
    minutes = -(-error.retry_after // 60)
    return ngettext(
        "You have made many links. You can make the next one in %(n)s minute.",
        "You have made many links. You can make the next one in %(n)s minutes.",
        minutes,
    ) % {"n": minutes}


def _show(
    request: HttpRequest,
    visit: ClientVisit,
    bot: TelegramBot | None,
    *,
    made: LinkCode | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    links = _links(visit, bot)
    context: dict[str, Any] = {
        "section": "telegram",
        "bot": bot,
        "links": links,
        "is_blocked": any(one.blocked_at for one in links),
        "made": made,
        "drawing": _drawing(made.address) if made else "",
        "newest": max((one.pk for one in links), default=0),
        "refusal": refusal,
    }
    return client_page(request, "person/telegram.html", visit, context, status=status)


def _drawing(address: str) -> Markup:
    """Draw the QR code; white ground in the dark too, or phones do not see it."""
    code = segno.make(address, error="m", micro=False)
    drawing = code.svg_inline(scale=PIXELS_A_MODULE, border=2, svgclass="qr-code", light="#fff")
    return Markup(drawing)  # noqa: S704  # drawn by the library, the text is only in its squares
