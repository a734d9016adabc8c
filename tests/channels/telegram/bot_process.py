"""The real bot as a process of its own, against the test's database and the sandbox."""

import os
import signal
import subprocess
import sys
import time

import psutil
from django.db import connection

from frontdesk.accounts.models import TelegramBot
from frontdesk.channels.telegram.switchboard import LOCKS
from tests.channels.telegram.sandbox import wait_until


class BotProcess:
    """Starts `frontdesk telegram`, ends it kindly or not at all, and starts it again."""

    def __init__(self, api_url: str, **environment: str) -> None:
        """Name the server that it is to speak to."""
        self._environment = os.environ | {
            "DATABASE_URL": database_url(),
            "TELEGRAM_API_URL": api_url,
            "LOG_LEVEL": "WARNING",
            **environment,
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; it is ready some moments later."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "frontdesk.project.cli", "telegram"], env=self._environment
        )

    @property
    def is_running(self) -> bool:
        """Whether it was started, and not ended."""
        return self._process is not None and self._process.poll() is None

    def cpu_seconds(self) -> float:
        """Return the processor time that it has used."""
        assert self._process is not None
        used = psutil.Process(self._process.pid).cpu_times()
        return float(used.user + used.system)

    def kill(self) -> None:
        """End it at once, as a crash does."""
        self._end(signal.SIGKILL)

    def stop(self) -> float:
        """End it kindly; return the seconds that took."""
        started = time.monotonic()
        self._end(signal.SIGTERM)
        return time.monotonic() - started

    def _end(self, number: int) -> None:
        if self._process is not None:
            self._process.send_signal(number)
            self._process.wait(20)
            self._process = None


def database_url() -> str:
    """Return the address of the database that this test uses."""
    settings = connection.settings_dict
    return f"postgresql://{settings['USER']}@/{settings['NAME']}?host={settings['HOST']}"


def wait_until_ready(bot: TelegramBot) -> None:
    """Wait until the bot has had an answer from its server."""

    def has_answer() -> bool:
        return TelegramBot.objects.filter(pk=bot.pk, last_success_at__isnull=False).exists()

    wait_until(has_answer, lambda: "the bot is not ready")


def let_go(bot: TelegramBot) -> None:
    """Take the bot away from its process, so that the test's tables can be emptied."""
    TelegramBot.objects.filter(pk=bot.pk).update(is_active=False)
    wait_until(is_free, lambda: "the bot's lock is held")


def is_free() -> bool:
    """Whether no process of this database has a bot's lock."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = %s"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
            [LOCKS],
        )
        return bool(cursor.fetchone()[0] == 0)
