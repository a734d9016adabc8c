"""How the provider appears: name, logo, accent, support e-mail, time zone."""

from dataclasses import dataclass, field

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from frontdesk.accounts.models import Provider
from frontdesk.channels.web.posting import sent_from
from frontdesk.channels.web.refusals import words_for
from frontdesk.channels.web.render import see_other
from frontdesk.channels.web.settings.shell import settings_page
from frontdesk.channels.web.visit import StaffVisit, as_administrator
from frontdesk.channels.web.zones import zone_choices
from frontdesk.support.actions.save_logo import save_logo
from frontdesk.support.actions.save_provider import ProviderChange, save_provider
from frontdesk.support.errors import BadValue

NO_HUE = -1
MOST_DIGITS = 3


@dataclass(slots=True)
class ProviderForm:
    """The form as it was typed; `errors` by field."""

    name: str
    hue: str
    support_email: str
    time_zone: str
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, provider: Provider) -> "ProviderForm":
        """Return what is saved."""
        return cls(provider.name, str(provider.hue), provider.support_email, provider.time_zone)

    @classmethod
    def typed(cls, request: HttpRequest) -> "ProviderForm":
        """Return what was typed."""
        post = request.POST
        return cls(
            name=post.get("name", ""),
            hue=post.get("hue", ""),
            support_email=post.get("support_email", ""),
            time_zone=post.get("time_zone", ""),
        )

    def change(self) -> ProviderChange:
        """Return the form as the core reads it."""
        is_number = self.hue.isascii() and self.hue.isdigit() and len(self.hue) <= MOST_DIGITS
        return ProviderChange(
            name=self.name,
            hue=int(self.hue) if is_number else NO_HUE,
            support_email=self.support_email,
            time_zone=self.time_zone,
        )


@require_http_methods(["GET", "HEAD", "POST"])
@as_administrator
def settings(request: HttpRequest, visit: StaffVisit) -> HttpResponse:
    """Show how the provider appears, or save it."""
    if request.method != "POST":
        return _show(request, visit, ProviderForm.of(visit.provider))
    form = ProviderForm.typed(request)
    try:
        save_provider(by=visit.actor, change=form.change())
    except BadValue as error:
        form.errors[error.field] = words_for(error)
        return _show(request, visit, form, status=422)
    messages.success(request, _("Settings saved."))
    return see_other("settings", visit.provider.slug)


@sent_from("settings", "provider")
@as_administrator
def change_logo(request: HttpRequest, visit: StaffVisit) -> HttpResponse:
    """Set the logo, or remove it."""
    form = ProviderForm.of(visit.provider)
    file = None if "remove" in request.POST else request.FILES.get("logo")
    if file is None and "remove" not in request.POST:
        form.errors["logo"] = _("Choose a file first.")
        return _show(request, visit, form, status=422)
    try:
        save_logo(by=visit.actor, file=file)
    except BadValue as error:
        form.errors[error.field] = words_for(error)
        return _show(request, visit, form, status=422)
    messages.success(request, _("Settings saved."))
    return see_other("settings", visit.provider.slug)


def _show(
    request: HttpRequest, visit: StaffVisit, form: ProviderForm, *, status: int = 200
) -> HttpResponse:
    context = {"section": "provider", "form": form, "zones": zone_choices()}
    return settings_page(request, "settings/provider.html", visit, context, status=status)
