"""Where the time of one request goes: its queries, the database's part and ours."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from django.db import connections
from django.http import HttpRequest, HttpResponseBase
from django.test import Client

from frontdesk.operations.bench.load import BOUNDARY, request_of
from frontdesk.operations.bench.measure import Shot
from frontdesk.operations.terminal import Refusal

ROUNDS = 15


@dataclass(frozen=True, slots=True)
class Cost:
    """Queries of one request; milliseconds that we waited for the database, with the commit,
    and milliseconds of processor time of our own.
    """

    queries: int
    database: float
    ours: float


def floor_cost() -> Cost:
    """Return what the floor's own view takes in this process, to hold processor time against."""
    from frontdesk.operations.bench.floor_page import rows

    found = [_watched(lambda: rows(HttpRequest())) for _round in range(ROUNDS)]
    return _middle(found)


class _Watch:
    """Counts queries and the time they take."""

    def __init__(self) -> None:
        self.queries = 0
        self.seconds = 0.0

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        started = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.queries += 1
            self.seconds += time.perf_counter() - started


def cost_of(shots: list[Shot]) -> Cost:
    """Run the requests in this process, without a server, and return what the middle one took."""
    client = Client(
        enforce_csrf_checks=True, raise_request_exception=False, headers={"host": "localhost"}
    )
    found = [_one(client, shots[place % len(shots)]) for place in range(ROUNDS)]
    return _middle(found)


def _middle(found: list[Cost]) -> Cost:
    # The first ones fill caches.
    settled = found[ROUNDS // 3 :]
    return Cost(
        queries=round(statistics.median(cost.queries for cost in settled)),
        database=statistics.median(cost.database for cost in settled),
        ours=statistics.median(cost.ours for cost in settled),
    )


def _one(client: Client, shot: Shot) -> Cost:
    def ask() -> HttpResponseBase:
        response: HttpResponseBase = _ask(client, shot)
        if response.status_code != shot.status:
            raise Refusal(f"{shot.path} answered {response.status_code}")
        return response

    client.cookies.clear()
    client.cookies.load(shot.cookie)
    return _watched(ask)


def _watched(ask: Callable[[], HttpResponseBase]) -> Cost:
    watch, wrapper = _Watch(), connections["default"]
    commit = wrapper.commit

    def timed_commit() -> None:
        started = time.perf_counter()
        commit()
        watch.seconds += time.perf_counter() - started

    started = time.thread_time()
    with patch.object(wrapper, "commit", timed_commit), wrapper.execute_wrapper(watch):
        ask()
    busy = time.thread_time() - started
    return Cost(watch.queries, watch.seconds * 1000, busy * 1000)


def _ask(client: Client, shot: Shot) -> Any:
    if not shot.form:
        return client.get(shot.path)
    body = request_of(shot.plain(), "localhost").split(b"\r\n\r\n", 1)[1]
    kind = f"multipart/form-data; boundary={BOUNDARY}"
    return client.generic("POST", shot.path, body, content_type=kind)
