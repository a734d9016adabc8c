"""Tells whom a request comes from: one query brings the session and the person it names."""

from contextvars import ContextVar
from functools import cache
from typing import Any

from allauth.account import auth_backends
from django.contrib.sessions.backends import db
from django.utils import timezone

from frontdesk.accounts.models import User
from frontdesk.shared.composed import (
    SOME_MOMENT,
    SOME_NUMBER,
    SOME_TEXT,
    Composed,
    ComposedRecords,
    compose_records,
    records_in,
)

# allauth keeps a row for each browser that is signed in; it tells who, and the session is proof.
SESSION = """
SELECT session.session_data, {columns}
FROM django_session AS session
LEFT JOIN usersessions_usersession AS browser ON browser.session_key = session.session_key
LEFT JOIN accounts_user AS person ON person.id = browser.user_id
WHERE session.session_key = %s AND session.expire_date > %s
"""

_came_along: ContextVar[User | None] = ContextVar("person of the session just read", default=None)


class SessionStore(db.SessionStore):
    """Django's sessions in the database."""

    def load(self) -> dict[str, Any]:
        """Return what the session holds; nothing, and it gets another key, if there is none."""
        # A cookie may hold any character; PostgreSQL has a text for all but this one.
        key = (self.session_key or "").replace("\0", "")
        rows = _session_query().rows({SOME_TEXT: key, SOME_MOMENT: timezone.now()})
        _came_along.set(records_in(rows[0][1:], User)[0] if rows else None)
        if not rows:
            self._session_key = None
            return {}
        return self.decode(rows[0][0])


class AuthenticationBackend(auth_backends.AuthenticationBackend):
    """allauth's way to sign in."""

    def get_user(self, user_id: int) -> User | None:
        """Return the person of a session, unless he was locked out since."""
        user = _came_along.get()
        _came_along.set(None)
        if user is None or user.pk != user_id:
            user = _user_query().first({SOME_NUMBER: user_id})
        return user if self.user_can_authenticate(user) else None


@cache
def _session_query() -> Composed:
    columns = ", ".join(f"person.{field.column}" for field in User._meta.concrete_fields)
    return Composed(SESSION.format(columns=columns), (SOME_TEXT, SOME_MOMENT))


@cache
def _user_query() -> ComposedRecords[User]:
    return compose_records(User.objects.filter(pk=SOME_NUMBER))
