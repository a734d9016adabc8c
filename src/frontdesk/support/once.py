"""Claims the key of something that must happen once, in the transaction of its effect."""

import hashlib
from dataclasses import dataclass

from django.db import connection, models

from frontdesk.shared.composed import Composed
from frontdesk.support.actor import Actor
from frontdesk.support.errors import BadKey
from frontdesk.support.models.draft import DraftKind
from frontdesk.support.models.once import KEY_LENGTH, OnceKey

CLAIM = """
INSERT INTO support_oncekey (scope, key, digest, result_id, created_at)
SELECT %s, %s, %s, nextval(pg_get_serial_sequence(%s, 'id')), now()
FROM (SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))) AS turn
ON CONFLICT (scope, key) DO NOTHING RETURNING result_id
"""


@dataclass(frozen=True, slots=True)
class Once:
    """Names one arrival: whose key, the key, and a hash of what it carried."""

    scope: str
    key: str
    digest: str


class AlreadyDone(Exception):
    """The key was acted on before; `result_id` is what came of it."""

    def __init__(self, *, result_id: int, is_same: bool) -> None:
        super().__init__(f"already done: {result_id}")
        self.result_id = result_id
        self.is_same = is_same


def form_scope(by: Actor, kind: DraftKind) -> str:
    """Return whose key a form's is: one act of one person at one provider by one channel."""
    return f"{by.channel}:{by.provider_id}:{by.user.pk}:{kind}"


def digest_of(*parts: object) -> str:
    """Return a hash of what was sent, to tell a repeat from the same key with other words."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode("utf-8", "replace")).hexdigest()


def check_key(key: str) -> None:
    """Raise BadKey for a key that no form of ours has: empty, too long, or not printable."""
    if not key or len(key) > KEY_LENGTH or not key.isprintable():
        raise BadKey


def claim(once: Once, result: type[models.Model]) -> int:
    """Return the id that the new `result` row is to have, and remember the key with it.

    Must run inside the transaction of the effect. A second arrival waits here until the
    first has committed. Raises BadKey, or AlreadyDone for a key that was acted on.
    """
    check_key(once.key)
    values = (once.scope, once.key, once.digest, result._meta.db_table)
    if rows := Composed(CLAIM, (*values, _turn(once.scope, once.key))).rows():
        return int(rows[0][0])
    first = OnceKey.objects.get(scope=once.scope, key=once.key)
    raise AlreadyDone(result_id=first.result_id, is_same=first.digest == once.digest)


def is_claimed(scope: str, key: str) -> bool:
    """Whether the key was acted on before. In a transaction, one that is being acted on right
    now is waited for, and none begins before the end of the transaction."""
    check_key(key)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [_turn(scope, key)])
    return OnceKey.objects.filter(scope=scope, key=key).exists()


def _turn(scope: str, key: str) -> str:
    return f"once {scope} {key}"
