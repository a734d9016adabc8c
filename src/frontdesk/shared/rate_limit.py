"""Limits how often something may be done, counted in PostgreSQL for all processes together."""

import time
from dataclasses import dataclass

from django.db import connection


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `most` hits in a window of `seconds`."""

    name: str
    most: int
    seconds: int


class TooFast(Exception):
    """The limit is reached; try again in `retry_after` seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"retry after {retry_after} s")
        self.retry_after = retry_after


def count_hit(rate: Rate, who: str) -> None:
    """Count one act of `who`. Raises TooFast when the window's limit is passed.

    Fixed windows: at a border twice the limit can pass, which the limits allow for.
    """
    now = int(time.time())
    start = now - now % rate.seconds
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO frontdesk_rate (name, window_start, hits) VALUES (%s, %s, 1)"
            " ON CONFLICT (name, window_start) DO UPDATE SET hits = frontdesk_rate.hits + 1"
            " RETURNING hits",
            [f"{rate.name}:{who}"[:120], start],
        )
        hits = cursor.fetchone()[0]
    if hits > rate.most:
        raise TooFast(start + rate.seconds - now)


def take_back(rate: Rate, who: str) -> None:
    """Uncount one act that turned out not to be of the limited kind."""
    now = int(time.time())
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE frontdesk_rate SET hits = hits - 1"
            " WHERE name = %s AND window_start = %s AND hits > 0",
            [f"{rate.name}:{who}"[:120], now - now % rate.seconds],
        )


def forget_old_windows(older_than_seconds: int = 86_400) -> int:
    """Delete the counts of windows long past; return how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM frontdesk_rate WHERE window_start < %s",
            [int(time.time()) - older_than_seconds],
        )
        return int(cursor.rowcount)
