"""The chosen colours, kept in a cookie so that the first paint is right."""

from django.conf import settings
from django.http import HttpResponseBase

from frontdesk.accounts.models import User
from frontdesk.accounts.models.user import Theme

A_YEAR = 365 * 24 * 3600


def keep_theme(response: HttpResponseBase, user: User) -> None:
    """Set the cookie to what the person chose, or remove it where the system decides."""
    if user.theme == Theme.SYSTEM:
        response.delete_cookie("theme")
    else:
        response.set_cookie(
            "theme", user.theme, max_age=A_YEAR, secure=settings.IS_HTTPS, samesite="Lax"
        )
