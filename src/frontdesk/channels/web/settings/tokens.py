"""The tokens of the provider's own programs: made, shown once, revoked."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from frontdesk.accounts.api_tokens import BadToken
from frontdesk.accounts.models.api_token import ApiToken, Scope
from frontdesk.channels.web.posting import sent_from
from frontdesk.channels.web.render import see_other
from frontdesk.channels.web.settings.shell import settings_page
from frontdesk.channels.web.sign_in.sessions import need_fresh_sign_in
from frontdesk.channels.web.visit import StaffVisit, as_administrator
from frontdesk.support.actions.issue_api_token import issue_api_token
from frontdesk.support.actions.revoke_api_token import revoke_api_token


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@as_administrator
def tokens(request: HttpRequest, visit: StaffVisit) -> HttpResponse:
    """List the tokens, or make one and show its secret this once."""
    if request.method != "POST":
        return _show(request, visit, {})
    need_fresh_sign_in(request)
    name, scopes = request.POST.get("name", ""), request.POST.getlist("scopes")
    typed = {"name": name, "chosen": scopes}
    try:
        made = issue_api_token(by=visit.actor, name=name, scopes=scopes)
    except BadToken as error:
        words = {
            "name": _("Write a name of up to 60 symbols."),
            "scopes": _("Choose what the token may be used for."),
        }
        errors = {error.field: words[error.field]}
        return _show(request, visit, {**typed, "errors": errors}, status=422)
    # Not by a redirect: the secret would have to be kept somewhere on the way.
    return _show(request, visit, {"made": made})


@sent_from("settings_tokens", "provider")
@as_administrator
def revoke(request: HttpRequest, visit: StaffVisit, token: int) -> HttpResponse:
    """End a token at once."""
    need_fresh_sign_in(request)
    try:
        revoke_api_token(by=visit.actor, token_id=token)
    except ApiToken.DoesNotExist:
        raise Http404 from None
    messages.success(request, _("The token is revoked."))
    return see_other("settings_tokens", visit.provider.slug)


def _show(
    request: HttpRequest, visit: StaffVisit, found: dict[str, object], *, status: int = 200
) -> HttpResponse:
    rows = ApiToken.objects.filter(provider=visit.provider).select_related("made_by")
    context = {
        "section": "tokens",
        "tokens": list(rows.order_by("-pk")),
        "scopes": Scope.choices,
        "name": "",
        "chosen": [],
        "errors": {},
        "made": None,
        **found,
    }
    return settings_page(request, "settings/tokens.html", visit, context, status=status)
