"""Runs acts at the same moment, each in a thread with its own connection to the database."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Return what each act returned, or the error it raised, in the order they were given."""
    start = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            connection.ensure_connection()
            start.wait(timeout=30)
            return act()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


def errors_in(results: Sequence[Any]) -> list[str]:
    """Return the names of the errors among the results, sorted."""
    return sorted(type(result).__name__ for result in results if isinstance(result, Exception))
