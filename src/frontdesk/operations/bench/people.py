"""Who clicks in a measurement: sessions made directly, since signing in is not measured here."""

import secrets
from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from frontdesk.accounts.models import User

CSRF_TOKEN = secrets.token_hex(16)


def sign_in(users: list[User]) -> dict[int, str]:
    """Return the cookies of each user's new session, by the user's id."""
    store = SessionStore()
    expires = timezone.now() + timedelta(hours=6)
    sessions = {user.pk: secrets.token_hex(16) for user in users}
    Session.objects.bulk_create(
        Session(
            session_key=sessions[user.pk],
            session_data=store.encode(
                {
                    SESSION_KEY: str(user.pk),
                    BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
                    HASH_SESSION_KEY: user.get_session_auth_hash(),
                }
            ),
            expire_date=expires,
        )
        for user in users
    )
    UserSession.objects.bulk_create(
        UserSession(user=user, session_key=sessions[user.pk], ip="127.0.0.1") for user in users
    )
    csrf = f"{settings.CSRF_COOKIE_NAME}={CSRF_TOKEN}"
    return {pk: f"{settings.SESSION_COOKIE_NAME}={key}; {csrf}" for pk, key in sessions.items()}
