"""What we change in allauth: our limits, our words, nobody signs up, mail goes out later."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from frontdesk.accounts.models import User
from frontdesk.channels.web.address import client_address
from frontdesk.channels.web.sign_in import limits, mail
from frontdesk.channels.web.sign_in.sessions import is_sign_in_fresh
from frontdesk.channels.web.sign_in.theme import keep_theme
from frontdesk.shared.rate_limit import TooFast

# After which acts a line is shown, and which; allauth's other messages say the obvious.
DONE = {
    "account/messages/password_changed.txt": gettext_lazy(
        "Your password is changed. All other sessions are signed out."
    ),
    "mfa/messages/totp_activated.txt": gettext_lazy("The authenticator app is connected."),
    "mfa/messages/totp_deactivated.txt": gettext_lazy("The authenticator app is disconnected."),
    "mfa/messages/webauthn_added.txt": gettext_lazy("The passkey is added."),
    "mfa/messages/webauthn_removed.txt": gettext_lazy("The passkey is removed."),
    "mfa/messages/recovery_codes_generated.txt": gettext_lazy(
        "New recovery codes are ready. Older ones work no more."
    ),
}


class Adapter(DefaultAccountAdapter):
    """allauth asks this class where it leaves a choice."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": gettext_lazy(
            "This e-mail and password do not match. Check both, or reset the password."
        ),
        "incorrect_password": gettext_lazy("This is not your password. Check it, or reset it."),
        "enter_current_password": gettext_lazy("This is not your present password."),
        "incorrect_code": gettext_lazy("This code is wrong or no longer valid. Try the next one."),
        "too_many_login_attempts": gettext_lazy("Too many wrong tries. Wait 5 minutes."),
        "rate_limited": gettext_lazy("Too many wrong tries. Wait 5 minutes."),
        "invalid_password_reset": gettext_lazy("This link has expired or was used."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: people are invited."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Only our own paths may follow a sign-in."""
        return url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the person's address; 0.0.0.0 where a socket has none."""
        return client_address(request) or "0.0.0.0"  # noqa: S104  # a value, nothing listens

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try. Raises ValidationError past a limit."""
        try:
            self._counted = limits.count_try(request, credentials.get("email", ""))
        except TooFast as error:
            request.META["SIGN_IN_WAIT"] = str(error.retry_after)
            raise ValidationError(wait_words(error), code="too_fast") from None

    def _rollback_login_failed_rl_usage(self) -> None:
        """The password was right: the try does not count as a wrong one."""
        limits.forgive(self._counted)

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Whether the sign-in is too old for what changes who can get in."""
        return not is_sign_in_fresh(self.request)

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """Remember that this browser is this person's."""
        response = super().post_login(request, user, **kwargs)
        limits.remember_browser(response, user.email)
        keep_theme(response, user)
        return response

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        """Tell someone who knows the password that his place here was switched off."""
        messages.error(request, _("This sign-in is switched off. Write to your provider."))
        return redirect("account_login")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to where one came from."""
        return reverse("mfa_index")

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say what was done in our words, where there is something to say."""
        text = message or DONE.get(message_template or "")
        if text:
            messages.add_message(request, level, str(text), extra_tags=extra_tags)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Any,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell a person by mail that something about his sign-in has changed."""
        mail.defer_notice(
            template_prefix.rpartition("/")[2],
            user_id=user.pk,
            address=client_address(self.request) or "",
            at=timezone.now(),
        )

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Refuse: each mail of ours is a job with its own words, nothing is sent in a request."""
        raise ImmediateHttpResponse(HttpResponse(status=404))


def wait_words(error: TooFast) -> str:
    """Return when one may try again, and what works at once."""
    minutes = -(-error.retry_after // 60)
    return ngettext(
        "Too many wrong tries. Wait %(n)s minute, or reset the password.",
        "Too many wrong tries. Wait %(n)s minutes, or reset the password.",
        minutes,
    ) % {"n": minutes}


def person_of(request: HttpRequest) -> User | None:
    """Return who is signed in, if anyone."""
    return request.user if isinstance(request.user, User) else None
