"""The provider's Telegram bot: its token, how it is doing, and what clients may send by it."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from frontdesk.accounts.models.telegram import TelegramBot, TelegramLimits, TelegramMode
from frontdesk.accounts.telegram_bots import SILENT_AFTER, limits_of, webhook_address
from frontdesk.accounts.telegram_check import TokenRefused
from frontdesk.accounts.telegram_links import LinkCode, links_of, make_link_code
from frontdesk.accounts.telegram_requests import ask_resend, ask_test_message
from frontdesk.channels.web.limits import limit
from frontdesk.channels.web.posting import sent_from
from frontdesk.channels.web.refusals import words_for
from frontdesk.channels.web.render import see_other
from frontdesk.channels.web.settings.reading import one_id
from frontdesk.channels.web.settings.shell import settings_page
from frontdesk.channels.web.sign_in.sessions import is_sign_in_fresh, need_fresh_sign_in
from frontdesk.channels.web.visit import StaffVisit, as_administrator
from frontdesk.shared.rate_limit import Rate
from frontdesk.shared.sealing import Unsealable, seal, unseal
from frontdesk.support.actions.connect_telegram_bot import connect_telegram_bot
from frontdesk.support.actions.disconnect_telegram_bot import disconnect_telegram_bot
from frontdesk.support.actions.save_telegram_limits import save_telegram_limits
from frontdesk.support.actions.set_telegram_mode import set_telegram_mode
from frontdesk.support.errors import BadValue

# Each asks Telegram's server.
CONNECT = Rate("telegram-connect", most=20, seconds=900)
TEST = Rate("telegram-settings-test", most=10, seconds=900)


@dataclass(slots=True)
class LimitsForm:
    """The limits as they were typed; `errors` by field."""

    most_symbols: str
    most_files: str
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, limits: TelegramLimits) -> "LimitsForm":
        """Return what is saved."""
        return cls(str(limits.most_symbols), str(limits.most_files))


@require_safe
@as_administrator
def telegram(request: HttpRequest, visit: StaffVisit) -> HttpResponse:
    """Show the bot and the limits."""
    return _show(request, visit)


@sent_from("settings_telegram", "provider")
@as_administrator
def connect(request: HttpRequest, visit: StaffVisit) -> HttpResponse:
    """Take a bot by its token, which is not shown again to anybody."""
    token = _typed_token(request)
    need_fresh_sign_in(request)
    limit(CONNECT, request, visit)
    try:
        bot = connect_telegram_bot(by=visit.actor, token=token)
    except BadValue as error:
        return _show(request, visit, errors={error.field: words_for(error)}, status=422)
    except TokenRefused as error:
        words = _("Telegram did not accept this token: %(reason)s") % {"reason": error}
        return _show(request, visit, errors={"token": words}, status=422)
    messages.success(request, _("@%(name)s is connected.") % {"name": bot.username})
    return see_other("settings_telegram", visit.provider.slug)


@sent_from("settings_telegram", "provider")
@as_administrator
def disconnect(request: HttpRequest, visit: StaffVisit) -> HttpResponse:
    """Stop the provider's bot."""
    need_fresh_sign_in(request)
    disconnect_telegram_bot(by=visit.actor)
    messages.success(request, _("The bot is disconnected. Connected again, it keeps its chats."))
    return see_other("settings_telegram", visit.provider.slug)


@sent_from("settings_telegram", "provider")
@as_administrator
def mode(request: HttpRequest, visit: StaffVisit) -> HttpResponse:
    """Choose how updates arrive."""
    try:
        set_telegram_mode(by=visit.actor, mode=request.POST.get("mode", ""))
    except TelegramBot.DoesNotExist:
        raise Http404 from None
    except BadValue as error:
        return _show(request, visit, errors={error.field: words_for(error)}, status=422)
    messages.success(request, _("Settings saved."))
    return see_other("settings_telegram", visit.provider.slug)


@sent_from("settings_telegram", "provider")
@as_administrator
def limits(request: HttpRequest, visit: StaffVisit) -> HttpResponse:
    """Set what clients may send in one message, and in one ticket."""
    post = request.POST
    form = LimitsForm(post.get("most_symbols", ""), post.get("most_files", ""))
    try:
        save_telegram_limits(
            by=visit.actor,
            most_symbols=one_id(form.most_symbols.strip()) or 0,
            most_files=one_id(form.most_files.strip()) or 0,
        )
    except BadValue as error:
        form.errors[error.field] = words_for(error)
        return _show(request, visit, form=form, status=422)
    messages.success(request, _("Settings saved."))
    return see_other("settings_telegram", visit.provider.slug)


@never_cache
@sent_from("settings_telegram", "provider")
@as_administrator
def test(request: HttpRequest, visit: StaffVisit) -> HttpResponse:
    """Send a test message to the administrator's own chats, or show how to have one."""
    bot = _own_bot(visit)
    if bot is None or not bot.username:
        raise Http404
    limit(TEST, request, visit)
    chats = [link for link in links_of(visit.user, visit.provider) if not link.blocked_at]
    if not chats:
        # Not by a redirect: the code would have to be kept somewhere on the way.
        return _show(request, visit, made=make_link_code(user=visit.user, bot=bot))
    for link in chats:
        ask_test_message(link)
    messages.success(request, _("A test message is on its way."))
    return see_other("settings_telegram", visit.provider.slug)


@sent_from("settings_telegram", "provider")
@as_administrator
def resend(request: HttpRequest, visit: StaffVisit) -> HttpResponse:
    """Let the bot send again what it gave up."""
    bot = _own_bot(visit)
    if bot is None:
        raise Http404
    ask_resend(bot)
    messages.success(request, _("What had failed is being sent again."))
    return see_other("settings_telegram", visit.provider.slug)


def _typed_token(request: HttpRequest) -> str:
    """Return the token that was typed.

    Where the password is asked for first, what was sent waits in the session: sealed.
    """
    try:
        token = unseal(request.POST["sealed"]) if "sealed" in request.POST else ""
    except Unsealable:
        token = ""
    token = token or request.POST.get("token", "")
    if not is_sign_in_fresh(request):
        request.POST = QueryDict(urlencode({"sealed": seal(token)}))
    return token


def _own_bot(visit: StaffVisit) -> TelegramBot | None:
    return TelegramBot.objects.filter(provider=visit.provider, is_active=True).first()


def _show(
    request: HttpRequest,
    visit: StaffVisit,
    *,
    form: LimitsForm | None = None,
    errors: dict[str, str] | None = None,
    made: LinkCode | None = None,
    status: int = 200,
) -> HttpResponse:
    bot = _own_bot(visit)
    house_bot = TelegramBot.objects.filter(provider__isnull=True, is_active=True).first()
    context: dict[str, Any] = {
        "section": "telegram",
        "bot": bot,
        # Where the provider has none, this one serves its clients; it is the installation's.
        "house_bot": None if bot else house_bot,
        "is_running": bot is not None and _is_heard_of(bot),
        "modes": TelegramMode.choices,
        "webhook_address": webhook_address(bot) if bot else "",
        "is_public": settings.PUBLIC_URL.startswith("https://"),
        "form": form or LimitsForm.of(limits_of(visit.provider.pk)),
        "errors": errors or {},
        "made": made,
    }
    return settings_page(request, "settings/telegram.html", visit, context, status=status)


def _is_heard_of(bot: TelegramBot) -> bool:
    return bot.beat_at is not None and timezone.now() - bot.beat_at <= SILENT_AFTER
