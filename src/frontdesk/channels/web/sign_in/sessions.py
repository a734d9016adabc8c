"""Sessions: how fresh the sign-in is, and how those of others end when their rights change."""

import time

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.http import HttpRequest

# Ways of signing in that prove who sits there; a link in a mail does not prove it again.
PROOFS = frozenset({"password", "mfa"})


def need_fresh_sign_in(request: HttpRequest) -> None:
    """Ask for the password once more if the sign-in is old; what was sent goes on afterwards.

    Raises allauth's ReauthenticationRequired, which its middleware turns into that page.
    """
    raise_if_reauthentication_required(request, app="frontdesk")


def is_sign_in_fresh(request: HttpRequest) -> bool:
    """Whether the person proved who he is within the last quarter of an hour."""
    if not request.user.is_authenticated:
        return False
    since = time.time() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    records = get_authentication_records(request, request.user)
    return any(record["method"] in PROOFS and record["at"] > since for record in records)


def end_sessions_of(user_id: int, request: HttpRequest) -> int:
    """End all sessions of this person but the one that asks; return how many."""
    sessions = list(UserSession.objects.filter(user_id=user_id))
    others = [row for row in sessions if row.session_key != request.session.session_key]
    for session in others:
        session.end()
    return len(others)
