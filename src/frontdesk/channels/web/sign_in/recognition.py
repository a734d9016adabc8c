"""Tells whom a request comes from: one query brings the session, the person it names, and what
the page asks of him first."""

from contextvars import ContextVar
from functools import cache
from typing import Any, NamedTuple

from allauth.account import auth_backends
from django.contrib.auth.middleware import get_user
from django.contrib.sessions.backends import db
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from frontdesk.accounts.models import User
from frontdesk.shared.composed import (
    SOME_MOMENT,
    SOME_NUMBER,
    SOME_TEXT,
    Composed,
    ComposedRecords,
    compose_records,
    records_in,
    together,
)

# allauth keeps a row for each browser that is signed in; it tells who, and the session is proof.
SESSION = """
SELECT session.session_data, {columns}
FROM django_session AS session
LEFT JOIN usersessions_usersession AS browser ON browser.session_key = session.session_key
LEFT JOIN accounts_user AS person ON person.id = browser.user_id
WHERE session.session_key = %s AND session.expire_date > %s
"""

# The person, in a query that is the same for everybody.
PERSON = SOME_NUMBER

_came_along: ContextVar[User | None] = ContextVar("person of the session just read", default=None)


class _Brought(NamedTuple):
    """What a query found of a person when his session was read."""

    query: Composed
    user_id: int
    rows: list[tuple[Any, ...]]


class SessionStore(db.SessionStore):
    """Django's sessions in the database. `along` is a query of the person's, told of before the
    session is read, and `brought` what it found then."""

    along: Composed | None = None
    brought: _Brought | None = None

    def load(self) -> dict[str, Any]:
        """Return what the session holds; nothing, and it gets another key, if there is none."""
        # A cookie may hold any character; PostgreSQL has a text for all but this one.
        key = (self.session_key or "").replace("\0", "")
        query = _together(self.along) if self.along else _session_query()
        rows = query.rows({SOME_TEXT: key, SOME_MOMENT: timezone.now()})
        if not rows:
            _came_along.set(None)
            self._session_key = None
            return {}
        user, *found = records_in(rows[0][1:], User)
        _came_along.set(user)
        if self.along and user:
            width = len(rows[0]) - len(found)
            # Where nothing was found, the join fills up with nothing.
            his = [row[width:] for row in rows if row[width] is not None]
            self.brought = _Brought(self.along, user.pk, his)
        return self.decode(rows[0][0])


def is_signed_in(request: HttpRequest, along: Composed) -> bool:
    """Whether somebody is; what `along` tells of PERSON is brought with his session."""
    if isinstance(request.session, SessionStore):
        request.session.along = along
    if isinstance(request.user, SimpleLazyObject):
        # The record itself: a page asks it a hundred times, and Django's stand-in each time.
        request.user = get_user(request)
    return request.user.is_authenticated


def rows_of_person(request: HttpRequest, query: Composed) -> list[tuple[Any, ...]]:
    """Return what the query tells of the signed-in person, as PERSON, at this moment."""
    session = request.session
    if isinstance(session, SessionStore) and (brought := session.brought):
        session.brought = None  # by a second time it may be otherwise
        if brought.query is query and brought.user_id == request.user.pk:
            return brought.rows
    return query.rows({PERSON: request.user.pk, SOME_MOMENT: timezone.now()})


class AuthenticationBackend(auth_backends.AuthenticationBackend):
    """allauth's way to sign in."""

    def get_user(self, user_id: int) -> User | None:
        """Return the person of a session, unless he was locked out since."""
        user = _came_along.get()
        _came_along.set(None)
        if user is None or user.pk != user_id:
            user = _user_query().first({PERSON: user_id})
        return user if self.user_can_authenticate(user) else None


@cache
def _session_query() -> Composed:
    columns = ", ".join(f"person.{field.column}" for field in User._meta.concrete_fields)
    return Composed(SESSION.format(columns=columns), (SOME_TEXT, SOME_MOMENT))


@cache
def _together(along: Composed) -> Composed:
    # The order of what he has stands, as he is one.
    return together(_session_query(), along, {PERSON: "id"})


@cache
def _user_query() -> ComposedRecords[User]:
    return compose_records(User.objects.filter(pk=PERSON))
