"""Mails about sign-in, sent by jobs: a request takes as long for an unknown address as for a known.

No secret is stored in a job: the link is made when the mail is written.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as jobs

from frontdesk.accounts.models import Provider, User

QUEUE = "mail"
RETRY = RetryStrategy(max_attempts=8, exponential_wait=4)


def sends_mail() -> bool:
    """Whether this installation has a mail server."""
    return not settings.EMAIL_BACKEND.endswith(".dummy.EmailBackend")


def defer_password_link(user_id: int | None) -> None:
    """Send a link to choose a new password; the same work for a person who does not exist."""
    jobs.configure_task("send_password_link", queue=QUEUE).defer(user_id=user_id)


def defer_notice(kind: str, *, user_id: int, address: str, at: datetime) -> None:
    """Tell a person that his sign-in was changed, and from where."""
    jobs.configure_task("send_notice", queue=QUEUE).defer(
        kind=kind, user_id=user_id, address=address, at=at.isoformat()
    )


@jobs.task(name="send_password_link", queue=QUEUE, retry=RETRY)
def send_password_link(user_id: int | None, provider_id: int | None = None) -> None:
    """Write and send the mail with the link."""
    user = User.objects.filter(pk=user_id or 0, is_active=True).first()
    if user is None:
        return
    with translation.override(user.language or settings.LANGUAGE_CODE):
        provider = Provider.objects.filter(pk=provider_id or 0).first()
        if provider is None:
            _send(user, _("Choose a new password"), _reset_words(user))
        else:
            subject = _("%(provider)s invites you") % {"provider": provider.name}
            _send(user, subject, _invitation_words(user, provider))


@jobs.task(name="send_notice", queue=QUEUE, retry=RETRY)
def send_notice(kind: str, user_id: int, address: str, at: str) -> None:
    """Write and send the mail about a change."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        return
    with translation.override(user.language or settings.LANGUAGE_CODE):
        happened = _what_happened().get(kind, _("Your sign-in was changed."))
        moment = datetime.fromisoformat(at).astimezone(ZoneInfo(user.time_zone or "UTC"))
        when = format_date(moment, "j M Y, H:i T")
        lines = [
            happened,
            "",
            _("When: %(moment)s") % {"moment": when},
            _("From the address: %(address)s") % {"address": address or _("unknown")},
            "",
            _("If it was not you, choose a new password now:"),
            settings.PUBLIC_URL + reverse("account_reset_password"),
        ]
        _send(user, happened.rstrip("."), "\n".join(lines))


def _reset_words(user: User) -> str:
    return "\n".join(
        [
            _("Hello %(name)s,") % {"name": user.first_name},
            "",
            _("choose a new password here:"),
            _password_link(user),
            "",
            _("The link works once, for three days. If you did not ask for it, do nothing."),
        ]
    )


def _invitation_words(user: User, provider: Provider) -> str:
    return "\n".join(
        [
            _("Hello %(name)s,") % {"name": user.first_name},
            "",
            _("%(provider)s gave you access to its support center.") % {"provider": provider.name},
            *_way_in(user),
        ]
    )


def _way_in(user: User) -> list[str]:
    """Who has a password signs in by it; who is new chooses one."""
    if user.has_usable_password():
        return [_("Sign in here:"), settings.PUBLIC_URL + reverse("account_login")]
    return [
        _("Choose your password here:"),
        _password_link(user),
        "",
        _("The link works once, for three days."),
    ]


def _password_link(user: User) -> str:
    key = default_token_generator.make_token(user)
    path = reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(user), "key": key},
    )
    return settings.PUBLIC_URL + path


def _what_happened() -> dict[str, str]:
    return {
        "password_changed": _("Your password was changed."),
        "password_reset": _("Your password was changed."),
        "totp_activated": _("An authenticator app was connected to your sign-in."),
        "totp_deactivated": _("The authenticator app was disconnected from your sign-in."),
        "webauthn_added": _("A passkey was added to your sign-in."),
        "webauthn_removed": _("A passkey was removed from your sign-in."),
        "recovery_codes_generated": _("New recovery codes were made for your sign-in."),
    }


def _send(user: User, subject: str, text: str) -> None:
    EmailMessage(subject, text + "\n", settings.DEFAULT_FROM_EMAIL, [user.email]).send()
