"""Brings database and static files up to date, and loads the demo where it is one."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from frontdesk.accounts.models import Provider, TelegramBot
from frontdesk.operations.static_files import collect_static_files
from frontdesk.operations.terminal import Refusal

OLDEST_POSTGRESQL = 15
# A database that starts beside us, as in a container, is waited for.
DATABASE_PATIENCE_SECONDS = 30.0
# Any number that nobody else uses: two machines that start at once migrate one after the other.
MIGRATION_LOCK = 7_066_001


def prepare(*, alone: bool = False) -> None:
    """Migrate, collect static files, load the demo's data; quick when nothing has changed.

    `alone` says that nothing else runs on this database: what was running before is dead then,
    and its jobs are due at once. Raises Refusal when the database cannot be used.
    """
    _wait_for_database()
    with _one_at_a_time():
        if pending_migrations():
            call_command("migrate", interactive=False, verbosity=0)
        if alone:
            _forget_processes()
        if settings.DEMO:
            _load_demo()
    collect_static_files()


def pending_migrations() -> list[str]:
    """Return the names of the migrations that the database has not had yet."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def _wait_for_database() -> None:
    patience_ends = time.monotonic() + DATABASE_PATIENCE_SECONDS
    while True:
        try:
            connection.ensure_connection()
            break
        except OperationalError as error:
            if time.monotonic() > patience_ends:
                raise Refusal(f"The database does not answer: {error}") from None
            time.sleep(0.5)
    version = server_version()
    if version < OLDEST_POSTGRESQL:
        raise Refusal(
            f"The database is PostgreSQL {version}; Frontdesk needs {OLDEST_POSTGRESQL} or newer."
        )


def server_version() -> int:
    """Return PostgreSQL's major version."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        return int(cursor.fetchone()[0]) // 10_000


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATION_LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATION_LOCK])


def _forget_processes() -> None:
    TelegramBot.objects.filter(beat_at__isnull=False).update(beat_at=None)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_workers")


def _load_demo() -> None:
    from frontdesk.operations.demo.load import FIRST_SLUG, load_demo
    from frontdesk.operations.demo.telegram.personas import connect_demo_bot

    if Provider.objects.exists() and not Provider.objects.filter(slug=FIRST_SLUG).exists():
        raise Refusal(
            "This database serves other providers, and a demo's passwords are known to all: "
            "unset DATABASE_URL, or name an empty database."
        )
    load_demo()
    if settings.TELEGRAM_BOT_TOKEN:
        connect_demo_bot(
            provider=Provider.objects.get(slug=FIRST_SLUG),
            token=settings.TELEGRAM_BOT_TOKEN,
            has_sandbox=bool(settings.TELEGRAM_SANDBOX_URL),
        )
