"""What a signed-in person does about his own sign-in: password, second step, passkeys, sessions."""

from typing import Any

from allauth.account import views as account
from allauth.core.internal.httpkit import authenticated_user
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import views as second_step
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.usersessions import views as sessions
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from frontdesk.channels.web.guarding import STOPPED_AT
from frontdesk.channels.web.places import staff_places, staff_query
from frontdesk.channels.web.posting import sent_from
from frontdesk.channels.web.sign_in import forms
from frontdesk.channels.web.sign_in.adapter import Adapter
from frontdesk.channels.web.sign_in.browsers import browser_words
from frontdesk.channels.web.sign_in.door import Door
from frontdesk.channels.web.sign_in.recognition import rows_of_person


class Security(Door, second_step.IndexView):
    """What guards this sign-in, at a glance."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name each guard simply, so that the template asks nothing."""
        context = super().get_context_data(**kwargs)
        found = context["authenticators"]
        recovery = found.get(Authenticator.Type.RECOVERY_CODES)
        return context | {
            "totp": found.get(Authenticator.Type.TOTP),
            "passkeys": found.get(Authenticator.Type.WEBAUTHN, []),
            "codes_left": len(recovery.get_unused_codes()) if recovery else None,
            "has_password": authenticated_user(self.request).has_usable_password(),
            **_what_is_asked(self.request),
        }


class ChangePassword(Door, account.PasswordChangeView):
    """A new password by the old one."""

    form_class = forms.ChangePasswordForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Who has no password yet gets one by mail."""
        user = request.user
        if user.is_authenticated and not user.has_usable_password():
            return redirect("account_reset_password")
        return super().dispatch(request, *args, **kwargs)


class AskAgain(Door):
    """A page that asks once more who one is; who has nothing to show is led home."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask only who can answer."""
        if request.user.is_authenticated and not Adapter().get_reauthentication_methods(
            request.user
        ):
            return redirect("home")
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # mixin


class Confirm(AskAgain, account.ReauthenticateView):
    """The password once more, before something that matters."""

    form_class = forms.ConfirmForm


class ConfirmByCode(AskAgain, second_step.ReauthenticateView):
    """A code once more, before something that matters."""


class ConfirmByPasskey(AskAgain, passkeys.ReauthenticateWebAuthnView):
    """A passkey once more, before something that matters."""

    def form_invalid(self, form: Any) -> HttpResponse:
        """Ask again."""
        messages.error(self.request, _("This passkey did not work. Try again."))
        return redirect(self.request.get_full_path())


class ConnectApp(Door, totp.ActivateTOTPView):
    """Connect an authenticator app."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the QR code as our adapter draws it."""
        context = super().get_context_data(**kwargs)
        return context | {"qr": get_adapter().build_totp_svg(context["totp_url"])}


class DisconnectApp(Door, totp.DeactivateTOTPView):
    """Disconnect it."""


class Codes(Door, codes.ViewRecoveryCodesView):
    """The recovery codes that are left."""


class NewCodes(Door, codes.GenerateRecoveryCodesView):
    """New recovery codes instead of the old."""


class Passkeys(Door, passkeys.ListWebAuthnView):
    """The passkeys of a person."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name each, so that the template asks nothing."""
        context = super().get_context_data(**kwargs)
        return context | {"keys": [_passkey(row) for row in context["authenticators"]]}


class AddPasskey(Door, passkeys.AddWebAuthnView):
    """Add one."""


class RenamePasskey(Door, passkeys.EditWebAuthnView):
    """Rename one."""


class RemovePasskey(Door, passkeys.RemoveWebAuthnView):
    """Remove one."""


class Sessions(Door, sessions.ListUserSessionsView):
    """Where a person is signed in; POST ends all other sessions."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name each browser; the newest first, this one on top."""
        context = super().get_context_data(**kwargs)
        rows = [
            {"session": row, "here": row.is_current(), "browser": browser_words(row.user_agent)}
            for row in reversed(context["sessions"])
        ]
        return context | {"rows": sorted(rows, key=lambda row: not row["here"])}


def _what_is_asked(request: HttpRequest) -> dict[str, Any]:
    """Return who asks for a second step that is not there, and the desk that waits for it."""
    places = staff_places(rows_of_person(request, staff_query()))
    stopped_at = request.session.get(STOPPED_AT, "")
    return {
        "asking": [place.provider.name for place in places if place.lacks_second_step],
        "open_desk": next(
            (
                place.provider
                for place in places
                if place.provider.slug == stopped_at and not place.lacks_second_step
            ),
            None,
        ),
    }


def _passkey(row: Authenticator) -> dict[str, Any]:
    known = row.wrap()
    return {
        "pk": row.pk,
        "name": known.name,
        "is_passwordless": known.is_passwordless,
        "created_at": row.created_at,
        "last_used_at": row.last_used_at,
    }


@sent_from("usersessions_list")
@login_required
def end_session(request: HttpRequest, session: int) -> HttpResponse:
    """End one of the person's other sessions."""
    row = get_object_or_404(UserSession, pk=session, user=request.user)
    if row.is_current():
        return redirect("account_logout")
    row.end()
    messages.success(request, _("That session is ended."))
    return redirect("usersessions_list")
