"""Coming in and going out: sign-in by password, passkey and second step, reset, sign-out."""

import ipaddress
from typing import Any

from allauth.account import views as account
from allauth.account.utils import get_next_redirect_url, perform_login
from allauth.mfa.base import views as second_step
from allauth.mfa.webauthn import views as passkeys
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from frontdesk.accounts.models import User
from frontdesk.channels.web.address import client_address
from frontdesk.channels.web.sign_in import forms, limits, mail
from frontdesk.channels.web.sign_in.door import Door, door_context
from frontdesk.shared.rate_limit import Rate, count_hit

# Whom one may continue as in the demo, and who he is.
DEMO_PEOPLE = {
    "alice": "alice@client.example",
    "sam": "sam@northhost.example",
    "ada": "ada@northhost.example",
}
CHALLENGES = Rate("challenge", most=120, seconds=60)


class SignIn(Door, account.LoginView):
    """The sign-in page."""

    form_class = forms.SignInForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the demo's people."""
        people = DEMO_PEOPLE if _is_demo_at_home(self.request) else {}
        return {**super().get_context_data(**kwargs), "people": people}

    def form_invalid(self, form: Any) -> HttpResponse:
        """Show the e-mail again and one sentence for any wrong pair; 429 past a limit."""
        wait = self.request.META.get("SIGN_IN_WAIT")
        if wait is None:
            return super().form_invalid(form)
        self.form_status = 429
        response = super().form_invalid(form)
        response.headers["Retry-After"] = wait
        return response


class PasskeySignIn(passkeys.LoginWebAuthnView):
    """Sign-in by a passkey alone; the page's script talks to it."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer with a challenge. Raises TooFast, since each opens a session."""
        count_hit(CHALLENGES, client_address(request) or "unknown")
        return super().get(request, *args, **kwargs)

    def form_invalid(self, form: Any) -> HttpResponse:
        """Back to the sign-in page, which says what to do and keeps the way on."""
        messages.error(self.request, _("This passkey is not known here. Use your password."))
        following = get_next_redirect_url(self.request)
        query = "?" + urlencode({"next": following}) if following else ""
        return redirect(reverse("account_login") + query)


class SecondStep(Door, second_step.AuthenticateView):
    """The code of an app, a recovery code, or a passkey, after the password."""

    def form_invalid(self, form: Any) -> HttpResponse:
        """Ask again."""
        return self.render_to_response(self.get_context_data(), status=422)


class SignOut(Door, account.LogoutView):
    """Asks on GET, signs out on POST."""


class Forgotten(Door, account.PasswordResetView):
    """Asks for the e-mail and says the same, whether it is known or not."""

    form_class = forms.ForgottenForm

    def form_valid(self, form: forms.ForgottenForm) -> HttpResponse:
        """Have the link sent, if there is whom to send it to."""
        form.save = lambda _request: mail.defer_password_link(form.user_id())
        return super().form_valid(form)


class LinkSent(Door, account.PasswordResetDoneView):
    """Says where the mail went, without saying whether it did."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say so where nothing is ever sent."""
        return {**super().get_context_data(**kwargs), "sends_mail": mail.sends_mail()}


class NewPassword(Door, account.PasswordResetFromKeyView):
    """A new password by the link of the mail."""

    form_class = forms.NewPasswordForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say whether the link still works."""
        return {"token_fail": False, **super().get_context_data(**kwargs)}

    def form_valid(self, form: forms.NewPasswordForm) -> HttpResponse:
        """Change it; the one who has the mailbox may now sign in from this browser."""
        response: HttpResponse = super().form_valid(form)
        limits.remember_browser(response, self.reset_user.email)
        return response


def password_chosen(_request: HttpRequest) -> HttpResponse:
    """Lead to sign-in; the message of what was done is shown there."""
    return redirect("account_login")


@require_POST
def continue_as(request: HttpRequest, person: str) -> HttpResponseBase:
    """Sign a demo person in by one press. For others than this machine there is no such page."""
    if not _is_demo_at_home(request) or person not in DEMO_PEOPLE:
        raise Http404
    user = get_object_or_404(User, email=DEMO_PEOPLE[person], is_active=True)
    response: HttpResponseBase = perform_login(request, user)
    return response


def too_many(request: HttpRequest, _exception: Exception | None = None) -> HttpResponse:
    """Answer where a limit of allauth is passed; its windows here are a minute long."""
    context = {
        "title": _("That is a lot in a short time."),
        "text": _("Wait a minute, then try again."),
        "status": 429,
        "request_id": "",
    }
    response = render(request, "error.html", context | door_context(request), status=429)
    response.headers["Retry-After"] = "60"
    return response


def _is_demo_at_home(request: HttpRequest) -> bool:
    address = client_address(request)
    return bool(settings.DEMO and address and ipaddress.ip_address(address).is_loopback)
