"""Logs: JSON lines for machines, readable lines on a terminal; never a secret in either."""

import logging.config
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

from frontdesk.project.environment import env_text

HIDDEN = "[hidden]"
SECRET_NAME = re.compile(
    r"passw|secret|token|authorization|cookie|api_?key|csrf|recovery|database_url|otp",
    re.IGNORECASE,
)
# A bot's token, a bearer's token, the password in an address: wherever they turn up in a text.
SECRET_TEXT = re.compile(
    r"(?<!\d)\d{6,12}:[A-Za-z0-9_-]{30,}|(?<=[Bb]earer )\S{8,}|(?<=://)[^/\s:@]*:[^/\s@]+(?=@)"
)

Event = MutableMapping[str, Any]


def configure_logs() -> None:
    """Set up this process's logs: level from LOG_LEVEL, shape from where standard error goes."""
    logging.config.dictConfig(log_config())
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_shared_steps(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def log_config() -> dict[str, Any]:
    """Return the dictConfig of every process; the web server's own lines go the same way."""
    level = env_text("LOG_LEVEL", "INFO").upper()
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": _formatter}},
        "handlers": {
            "error_stream": {
                "class": "logging.StreamHandler",
                "formatter": "line",
                "stream": "ext://sys.stderr",
            }
        },
        "root": {"handlers": ["error_stream"], "level": level},
        "loggers": {
            "_granian": {"level": "WARNING", "propagate": True},
            # It says each job twice; failures are logged as errors.
            "procrastinate": {"level": "WARNING"},
            "aiogram": {"level": "WARNING"},
            # Whoever scans the internet asks by other names; the answer is 400.
            "django.security.DisallowedHost": {"level": "CRITICAL"},
            # The server's own line of a 4xx says nothing that the answer did not.
            "django.request": {"level": "ERROR", "filters": ["unexpected"]},
        },
        "filters": {"unexpected": {"()": lambda: _is_unexpected}},
    }


def _is_unexpected(record: logging.LogRecord) -> bool:
    # Whoever asks whether we are ready reads the answer; asked each second it would fill the log.
    path = getattr(getattr(record, "request", None), "path", "")
    return path != "/readyz"


def hide_secrets(_logger: object, _method: str, event: Event) -> Event:
    """Replace the values of secret names, and secrets inside texts."""
    for name, value in event.items():
        if SECRET_NAME.search(name):
            event[name] = HIDDEN
        elif isinstance(value, str):
            event[name] = SECRET_TEXT.sub(HIDDEN, value)
        elif isinstance(value, dict):
            event[name] = hide_secrets(None, "", dict(value))
    return event


def _formatter() -> logging.Formatter:
    if sys.stderr.isatty():
        # The plain one: a prettier traceback shows local variables, and so passwords.
        shape: Any = structlog.dev.ConsoleRenderer(
            exception_formatter=structlog.dev.plain_traceback
        )
    else:
        shape = structlog.processors.JSONRenderer(ensure_ascii=False, default=str)
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_shared_steps(),
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            hide_secrets,
            shape,
        ],
    )


def _shared_steps() -> list[Any]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        hide_secrets,
    ]
