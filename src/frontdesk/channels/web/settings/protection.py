"""How staff sign in, and how much the files of a client may weigh."""

from dataclasses import dataclass, field

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from frontdesk.accounts.models import Provider, Staff
from frontdesk.accounts.models.provider import GIBIBYTE
from frontdesk.channels.web.guarding import SECOND_STEPS
from frontdesk.channels.web.refusals import words_for
from frontdesk.channels.web.render import see_other
from frontdesk.channels.web.settings.shell import settings_page
from frontdesk.channels.web.sign_in.sessions import need_fresh_sign_in
from frontdesk.channels.web.visit import StaffVisit, as_administrator
from frontdesk.support.actions.save_protection import Protection, save_protection
from frontdesk.support.errors import BadValue

MOST_DIGITS = 7


@dataclass(slots=True)
class ProtectionForm:
    """The form as it was typed; `errors` by field, the size in GB."""

    second_step: bool
    max_account: str
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, provider: Provider) -> "ProtectionForm":
        """Return what is saved."""
        size = provider.max_account_bytes / GIBIBYTE
        return cls(provider.staff_need_second_step, f"{size:.2f}".rstrip("0").rstrip("."))

    @classmethod
    def typed(cls, request: HttpRequest) -> "ProtectionForm":
        """Return what was typed."""
        return cls("second_step" in request.POST, request.POST.get("max_account", ""))

    def change(self) -> Protection:
        """Return the form as the core reads it; a size that is none is refused there."""
        plain = self.max_account.strip().replace(",", ".", 1)
        digits = plain.replace(".", "", 1)
        is_number = digits.isascii() and digits.isdigit() and len(digits) <= MOST_DIGITS
        size = int(float(plain) * GIBIBYTE) if is_number else 0
        return Protection(self.second_step, size)


@require_http_methods(["GET", "HEAD", "POST"])
@as_administrator
def protection(request: HttpRequest, visit: StaffVisit) -> HttpResponse:
    """Show what is asked for, or save it."""
    if request.method != "POST":
        return _show(request, visit, ProtectionForm.of(visit.provider))
    need_fresh_sign_in(request)
    form = ProtectionForm.typed(request)
    try:
        save_protection(by=visit.actor, change=form.change())
    except BadValue as error:
        form.errors[error.field] = words_for(error)
        return _show(request, visit, form, status=422)
    messages.success(request, _("Settings saved."))
    return see_other("settings_protection", visit.provider.slug)


def _show(
    request: HttpRequest, visit: StaffVisit, form: ProtectionForm, *, status: int = 200
) -> HttpResponse:
    active = Staff.objects.filter(provider=visit.provider, is_active=True).select_related("user")
    guarded = active.filter(user__authenticator__type__in=SECOND_STEPS)
    without = active.exclude(pk__in=guarded.values("pk")).order_by("user__name", "pk")
    context = {
        "section": "protection",
        "form": form,
        "without": [row.user.name for row in without],
    }
    return settings_page(request, "settings/protection.html", visit, context, status=status)
