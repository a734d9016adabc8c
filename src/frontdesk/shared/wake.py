"""Wakes listening processes after a commit."""

import json
from typing import Any

from django.db import connection, transaction


def wake_after_commit(channel: str, payload: dict[str, Any]) -> None:
    """Send a NOTIFY once this transaction is in, in a transaction of its own.

    A NOTIFY inside the transaction would hold one lock for the whole server while the
    commit is written to disk, so that all commits wait for one another. If the process
    dies in between, the listener finds the work at its next look: a wake is only a hint.
    """
    message = json.dumps(payload)

    def wake() -> None:
        _wake(channel, message)

    # Robust: what is committed is not undone by a wake that failed.
    transaction.on_commit(wake, robust=True)


def _wake(channel: str, payload: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [channel, payload])
