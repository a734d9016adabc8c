"""Runs the database's blocking calls beside the event loop."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from django.db import close_old_connections

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

# Each thread keeps one connection; opening a stream takes five quick queries.
COUNT = 3
_threads = ThreadPoolExecutor(max_workers=COUNT, thread_name_prefix="live")


async def ask_database(
    ask: Callable[Arguments, Result], *args: Arguments.args, **kwargs: Arguments.kwargs
) -> Result:
    """Call `ask` in a thread whose database connection is alive, and return its answer."""

    def call() -> Result:
        close_old_connections()
        return ask(*args, **kwargs)

    return await asyncio.get_running_loop().run_in_executor(_threads, call)
