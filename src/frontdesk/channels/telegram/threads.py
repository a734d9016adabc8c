"""Database work of the async process: a few threads, each with one connection, and no more."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import ParamSpec, TypeVar

from django.db import InterfaceError, OperationalError, connections

THREADS = 4
GONE = (OperationalError, InterfaceError)

Args = ParamSpec("Args")
Result = TypeVar("Result")


class Database:
    """Runs functions that use the database, beside the event loop."""

    def __init__(self, threads: int = THREADS) -> None:
        """Start no thread before it is needed."""
        self._threads = threads
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="telegram-database")

    async def run(
        self, work: Callable[Args, Result], *args: Args.args, **kwargs: Args.kwargs
    ) -> Result:
        """Return what the function returns. A connection that broke is thrown away."""

        def call() -> Result:
            try:
                return work(*args, **kwargs)
            except GONE:
                connections.close_all()
                raise

        return await asyncio.get_running_loop().run_in_executor(self._pool, call)

    async def run_until_done(
        self, work: Callable[Args, Result], *args: Args.args, **kwargs: Args.kwargs
    ) -> Result:
        """As `run`, for what must be recorded: while the database is away it is waited for."""
        wait = 0.2
        while True:
            try:
                return await self.run(work, *args, **kwargs)
            except GONE:
                await asyncio.sleep(wait)
                wait = min(5.0, wait * 2)

    def close(self) -> None:
        """Close every connection and end the threads."""
        together = Barrier(self._threads)

        def close_own() -> None:
            together.wait(timeout=5)
            connections.close_all()

        for closing in [self._pool.submit(close_own) for _ in range(self._threads)]:
            closing.result()
        self._pool.shutdown()
