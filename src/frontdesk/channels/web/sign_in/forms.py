"""allauth's forms with our words at the fields."""

from typing import Any

from allauth.account import forms as account
from django import forms
from django.utils.translation import gettext_lazy as _

MISSING = {
    "login": _("Write your e-mail."),
    "email": _("Write your e-mail."),
    "password": _("Write your password."),
    "oldpassword": _("Write your present password."),
    "password1": _("Write a new password."),
    "password2": _("Write the new password once more."),
}
NOT_AN_EMAIL = _("Write a whole e-mail address, such as name@example.com.")


class OurWords(forms.Form):
    """Says what is missing at each field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if name in MISSING:
                field.error_messages["required"] = MISSING[name]
            if isinstance(field, forms.EmailField):
                field.error_messages["invalid"] = NOT_AN_EMAIL


class SignInForm(OurWords, account.LoginForm):
    """E-mail and password."""


class ForgottenForm(OurWords, account.ResetPasswordForm):
    """The e-mail of someone who forgot his password."""

    def user_id(self) -> int | None:
        """Return whose e-mail it is, if anyone's."""
        return self.users[0].pk if self.users else None


class NewPasswordForm(OurWords, account.ResetPasswordKeyForm):
    """A new password by the link of a mail."""


class ChangePasswordForm(OurWords, account.ChangePasswordForm):
    """A new password by the old one."""


class ConfirmForm(OurWords, account.ReauthenticateForm):
    """The password once more."""
