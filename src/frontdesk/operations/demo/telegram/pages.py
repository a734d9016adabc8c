"""The page `/demo/telegram/`: a phone with the bot's chat. Demo only; it works without scripts."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import nh3
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.views.decorators.http import require_POST, require_safe
from markupsafe import Markup, escape

from frontdesk.accounts.models import Provider
from frontdesk.accounts.telegram_bots import bot_for
from frontdesk.channels.telegram.waking import restart_demo_bot
from frontdesk.operations.demo.load import FIRST_SLUG
from frontdesk.operations.demo.telegram import sandbox_client
from frontdesk.operations.demo.telegram.personas import PERSONAS, Persona, persona
from frontdesk.operations.demo.telegram.sandbox_client import SandboxAway

TAGS = {"b", "i", "u", "s", "code", "pre", "blockquote", "a"}
SHOWN_IMAGES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})


@require_safe
def phone(request: HttpRequest) -> HttpResponse:
    """The whole page."""
    who = persona(request.GET.get("as", ""))
    chat = _chat(who, after=0)
    context = {
        "who": who,
        "personas": PERSONAS,
        "chat": chat,
        "reply_to": _reply_to(request, chat["bubbles"]),
        "typed": request.GET.get("text", "")[:300],
        "slug": FIRST_SLUG,
    }
    return render(request, "telegram_demo/phone.html", context)


@require_safe
def news(request: HttpRequest) -> JsonResponse:
    """What is new in the chat, each message as the page shows it."""
    who, after = persona(request.GET.get("as", "")), request.GET.get("after", "0")
    chat = _chat(who, after=int(after) if after.isdigit() else 0)
    for bubble in chat["bubbles"]:
        context = {"bubble": bubble, "who": who}
        bubble["html"] = render_to_string("telegram_demo/bubble.html", context, request)
    shown = [{"id": one["id"], "html": one["html"]} for one in chat["bubbles"]]
    known = {name: chat[name] for name in ("version", "toast", "is_away", "removed")}
    return JsonResponse(known | {"bubbles": shown})


@require_POST
def write(request: HttpRequest) -> HttpResponse:
    """Send what was typed, and the files."""
    reply_to = request.POST.get("reply_to", "")
    text, files = request.POST.get("text", "").strip(), request.FILES.getlist("files")
    who = _who(request)
    if text or files:
        number = int(reply_to) if reply_to.isdigit() else 0
        return _do(request, who, lambda: sandbox_client.write(who, text, files, number))
    return _back(request, who)


@require_POST
def press(request: HttpRequest) -> HttpResponse:
    """Press a button."""
    who, message, data = _who(request), request.POST.get("message"), request.POST.get("data")
    return _do(request, who, lambda: sandbox_client.act("press", who, message=message, data=data))


@require_POST
def clear(request: HttpRequest) -> HttpResponse:
    """Empty the chat on the phone."""
    who = _who(request)
    return _do(request, who, lambda: sandbox_client.act("clear", who), is_whole=True)


@require_POST
def restart(request: HttpRequest) -> HttpResponse:
    """Let the bot crash and come back: nothing is lost, which is what this button is for."""
    bot = bot_for(Provider.objects.get(slug=FIRST_SLUG))
    if bot is not None:
        restart_demo_bot(bot.pk)
    return _back(request, _who(request), is_whole=True)


@require_safe
def file(request: HttpRequest, file_id: str) -> HttpResponse:
    """A file of the chat: images are shown, anything else is downloaded."""
    try:
        found = sandbox_client.read_file(file_id)
    except SandboxAway:
        raise Http404 from None
    is_image = found.content_type in SHOWN_IMAGES
    kind = found.content_type if is_image else "application/octet-stream"
    response = HttpResponse(found.content, content_type=kind)
    response.headers["Content-Disposition"] = "inline" if is_image else "attachment"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _who(request: HttpRequest) -> Persona:
    return persona(request.POST.get("as", ""))


def _do(request: HttpRequest, who: Persona, what: Any, *, is_whole: bool = False) -> HttpResponse:
    """Do it and answer; a button that is gone meanwhile does nothing."""
    try:
        what()
    except SandboxAway:
        return HttpResponse(status=503)
    return _back(request, who, is_whole=is_whole)


def _back(request: HttpRequest, who: Persona, *, is_whole: bool = False) -> HttpResponse:
    """Lead back to the chat; the page's script stays where it is, unless all of it changed."""
    if request.headers.get("X-Requested-With") == "fetch" and not is_whole:
        return HttpResponse(status=204)
    address = f"{reverse('telegram_demo')}?{urlencode({'as': who.key})}"
    return HttpResponseRedirect(address, status=303)


def _chat(who: Persona, *, after: int) -> dict[str, Any]:
    try:
        found = sandbox_client.read_chat(who, after)
    except SandboxAway:
        return {"bubbles": [], "removed": [], "version": after, "toast": "", "is_away": True} | {
            "bot": ""
        }
    bubbles = [_bubble(item) for item in found["items"] if not item["is_deleted"]]
    removed = [item["id"] for item in found["items"] if item["is_deleted"]]
    return {
        "bubbles": bubbles,
        "removed": removed,
        "version": found["version"],
        "toast": found["toast"],
        "is_away": False,
        "bot": found["bot"]["first_name"],
        "day": format_date(bubbles[0]["at"], "j F") if bubbles else "",
    }


def _bubble(item: dict[str, Any]) -> dict[str, Any]:
    """Return a message as the page shows it."""
    at = timezone.localtime(datetime.fromtimestamp(item["date"], UTC))
    words = _words(item)
    return {
        "id": item["id"],
        "is_mine": not item["is_from_bot"],
        "words": words,
        "at": at,
        "is_edited": item["is_edited"],
        "buttons": item["buttons"],
        "files": item["files"],
        "quote": _quote(item),
    }


def _words(item: dict[str, Any]) -> Markup:
    """Return the words: the bot's with their marks, a person's as they were typed."""
    if item["is_from_bot"]:
        clean = nh3.clean(item["html"], tags=TAGS, attributes={"a": {"href"}})
        return Markup(clean)  # noqa: S704 - cleaned on the line above
    text = escape(item["text"])
    command, space, rest = item["text"].partition(" ")
    if command.startswith("/"):
        return Markup('<span class="cmd">{}</span>{}{}').format(command, space, rest)
    return text


def _quote(item: dict[str, Any]) -> str:
    return str(item["quote"]).partition("\n")[0][:120]


def _reply_to(request: HttpRequest, bubbles: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Return the message that Telegram's reply is used on, without scripts."""
    wanted = request.GET.get("reply", "")
    return next((one for one in bubbles if str(one["id"]) == wanted), None)
