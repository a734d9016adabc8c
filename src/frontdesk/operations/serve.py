"""The two servers: pages on many threads, live updates on one event loop."""

import gc
import os
import resource
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import Any

from django.template import engines
from django.urls import get_resolver
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import Server

from frontdesk.operations.parent import end_with_parent

# A client that takes longer to send its headers is cut off.
HEADER_MILLISECONDS = 10_000
# Long answers, above all live streams, are cut off when we are told to stop.
STOP_SECONDS = 2
# Streams that one live process holds; the server's own default would stop at a thousand.
MOST_STREAMS = 20_000


@dataclass(frozen=True)
class Place:
    """Where a server listens and how many processes and threads it has."""

    host: str
    port: int
    processes: int
    threads: int = 1


def serve_web(application: str, place: Place, log_config: dict[str, Any]) -> None:
    """Serve pages (WSGI) until told to stop."""
    _load(application)
    # What the first page would load, now: the server processes then share its memory.
    _ = get_resolver().url_patterns, engines.all()
    _serve(application, place, log_config, Interfaces.WSGI)


def serve_live(application: str, place: Place, log_config: dict[str, Any]) -> None:
    """Serve live updates (ASGI) until told to stop."""
    _load(application)
    allow_many_files()
    _serve(application, place, log_config, Interfaces.ASGI)


def allow_many_files() -> None:
    """Each open page is an open file: take as many as the system lets us have."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def _serve(
    application: str, place: Place, log_config: dict[str, Any], interface: Interfaces
) -> None:
    server = Server(
        application,
        address=place.host,
        port=place.port,
        interface=interface,
        workers=place.processes,
        blocking_threads=place.threads,
        backpressure=MOST_STREAMS if interface is Interfaces.ASGI else None,
        http=HTTPModes.http1,
        websockets=False,
        http1_settings=HTTP1Settings(header_read_timeout=HEADER_MILLISECONDS),
        log_level=LogLevels.warning,
        log_dictconfig=log_config,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
    )
    server.on_startup(gc.freeze)
    server.serve(target_loader=partial(_load_and_stay, os.getpid()))


def _load_and_stay(parent: int, application: str) -> Callable[..., Any]:
    """Load in a server process, which is to end with the process that watches it."""
    end_with_parent(parent)
    return _load(application)


def _load(application: str) -> Callable[..., Any]:
    module, name = application.split(":")
    loaded: Callable[..., Any] = getattr(import_module(module), name)
    return loaded
