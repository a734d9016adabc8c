"""Tells whom a request comes from: reads session and person by texts that are composed once."""

from functools import cache
from typing import Any

from allauth.account import auth_backends
from django.contrib.sessions.backends import db
from django.db import connection
from django.utils import timezone

from frontdesk.accounts.models import User
from frontdesk.shared.composed import SOME_NUMBER, Composed, compose, names_of, records_in

SESSION = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"


class SessionStore(db.SessionStore):
    """Django's sessions in the database."""

    def load(self) -> dict[str, Any]:
        """Return what the session holds; nothing, and it gets another key, if there is none."""
        key = self.session_key or ""
        with connection.cursor() as cursor:
            # A cookie may hold any character; PostgreSQL has a text for all but this one.
            cursor.execute(SESSION, [key.replace("\0", ""), timezone.now()])
            row = cursor.fetchone()
        if row is None:
            self._session_key = None
            return {}
        return self.decode(row[0])


class AuthenticationBackend(auth_backends.AuthenticationBackend):
    """allauth's way to sign in."""

    def get_user(self, user_id: int) -> User | None:
        """Return the person of a session, unless he was locked out since."""
        rows = _user_query().rows({SOME_NUMBER: user_id})
        user: User | None = records_in(rows[0], User)[0] if rows else None
        return user if self.user_can_authenticate(user) else None


@cache
def _user_query() -> Composed:
    return compose(User.objects.filter(pk=SOME_NUMBER).values_list(*names_of(User)))
