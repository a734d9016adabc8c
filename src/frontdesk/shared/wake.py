"""Wakes listening processes after a commit."""

import json
from typing import Any

from django.db import connection, transaction

from frontdesk.shared.composed import Composed


class _Wakes:
    """What a transaction has to say once it is in: all in one statement."""

    def __init__(self) -> None:
        self.said: list[str] = []
        # By it Django names in the log what failed.
        self.__qualname__ = "wakes"

    def __call__(self) -> None:
        _wake(self.said)


def wake_after_commit(channel: str, payload: dict[str, Any]) -> None:
    """Send a NOTIFY once this transaction is in, in a transaction of its own.

    A NOTIFY inside the transaction would hold one lock for the whole server while the
    commit is written to disk, so that all commits wait for one another. If the process
    dies in between, the listener finds the work at its next look: a wake is only a hint.
    """
    said = [channel, json.dumps(payload)]
    if waiting := _waiting():
        waiting.said += said
        return
    wakes = _Wakes()
    wakes.said += said
    # Robust: what is committed is not undone by a wake that failed.
    transaction.on_commit(wakes, robust=True)


def _waiting() -> _Wakes | None:
    """Return what waits for the same commit; what a savepoint may take back waits by itself."""
    if not connection.run_on_commit:
        return None
    savepoints, last = connection.run_on_commit[-1][:2]
    if isinstance(last, _Wakes) and savepoints == set(connection.savepoint_ids):
        return last
    return None


def _wake(said: list[str]) -> None:
    """Notify channels; each is followed by what it is told."""
    calls = ", ".join(["pg_notify(%s::text, %s::text)"] * (len(said) // 2))
    Composed(f"SELECT {calls}", said).rows()
