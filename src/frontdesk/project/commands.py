"""What each command of `frontdesk` does: load what it needs, read its options, call one function.

Imports stand inside on purpose: settings are read only once the database is known.
"""

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from frontdesk.project.environment import env_secret, env_text

Options = argparse.Namespace

SETTINGS = "frontdesk.project.settings"


def demo(options: Options) -> None:
    """Run everything, with made-up people."""
    _run_one_machine(options, kind="demo")


def up(options: Options) -> None:
    """Run everything on one machine."""
    _run_one_machine(options, kind="up")


def web(options: Options) -> None:
    """Serve pages."""
    _set_up()
    from frontdesk.operations.one_machine.ports import refuse_taken_port
    from frontdesk.operations.serve import Place, serve_web
    from frontdesk.operations.static_files import collect_static_files
    from frontdesk.project.logs import log_config

    refuse_taken_port(options.host, options.port)
    collect_static_files()
    place = Place(options.host, options.port, options.processes, options.threads)
    serve_web("frontdesk.project.wsgi:application", place, log_config())


def live(options: Options) -> None:
    """Serve live updates."""
    _set_up()
    from frontdesk.operations.one_machine.ports import refuse_taken_port
    from frontdesk.operations.serve import Place, serve_live
    from frontdesk.project.logs import log_config

    refuse_taken_port(options.host, options.port)
    place = Place(options.host, options.port, processes=1)
    serve_live("frontdesk.project.asgi:application", place, log_config())


def worker(_: Options) -> None:
    """Run background jobs."""
    _set_up()
    from frontdesk.operations.work import run_worker

    run_worker()


def telegram(_: Options) -> None:
    """Run the Telegram bots."""
    _set_up()
    from frontdesk.channels.telegram.process import run

    run()


def telegram_sandbox(options: Options) -> None:
    """Stand in for Telegram, in a demo."""
    from frontdesk.operations.demo.telegram.startup import run_sandbox

    run_sandbox(options.port)


def prepare(options: Options) -> None:
    """Bring database and static files up to date."""
    with _database(None):
        from frontdesk.operations.prepare import prepare as bring_up_to_date

        bring_up_to_date(alone=options.alone)


def doctor(options: Options) -> None:
    """Find what is wrong."""
    with _database(options.data):
        from frontdesk.operations.doctor import examine

        examine()


def backup(options: Options) -> None:
    """Write everything into one archive."""
    with _database(options.data):
        from frontdesk.operations.backup import back_up

        back_up(options.file)


def restore(options: Options) -> None:
    """Bring an archive back, and up to date."""
    from frontdesk.operations.archive import check_archive
    from frontdesk.operations.reach import make_folder_for

    make_folder_for(options.data, check_archive(options.file)["kind"])
    with _database(options.data, alone=True):
        from frontdesk.operations.prepare import prepare as bring_up_to_date
        from frontdesk.operations.restore import restore as bring_back

        bring_back(options.file, replace=options.replace)
        bring_up_to_date()


def provider(options: Options) -> None:
    """Open a provider with its first administrator."""
    with _database(options.data):
        from frontdesk.operations.open_provider import NewProvider, open_provider
        from frontdesk.operations.terminal import say

        password = open_provider(
            NewProvider(options.slug, options.name, options.email, options.administrator)
        )
        say(f"{options.email} signs in with {password or 'the password that is known already'}")


def reset_second_step(options: Options) -> None:
    """Let somebody in again who has lost what his sign-in asks for."""
    with _database(options.data):
        from frontdesk.operations.reset_second_step import reset_second_step as reset
        from frontdesk.operations.terminal import say

        removed = reset(options.email)
        say(f"{removed} removed; {options.email} signs in with the password alone.")


def seed(options: Options) -> None:
    """Add tickets in bulk."""
    with _database(options.data):
        from frontdesk.operations.seed import seed as add_tickets
        from frontdesk.operations.terminal import say

        add_tickets(options.tickets, tell=say)


def bench(options: Options) -> None:
    """Measure speed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    from frontdesk.operations.bench.run import DEFAULT_SIZES, Wishes, run_bench

    sizes = options.tickets or (() if options.live else DEFAULT_SIZES)
    run_bench(Wishes(sizes=sizes, seconds=options.seconds, live_pages=options.live))


def manage(options: Options) -> None:
    """Run a command of Django's own."""
    with _database(None):
        from django.core.management import execute_from_command_line

        execute_from_command_line(["frontdesk manage", *options.words])


def _run_one_machine(options: Options, *, kind: str) -> None:
    from frontdesk.operations.one_machine.data_folder import Kind
    from frontdesk.operations.one_machine.run import Wish, run_one_machine

    if sys.stdout.isatty():
        # A person watches: what is normal need not be said.
        os.environ.setdefault("LOG_LEVEL", "WARNING")
    run_one_machine(
        Wish(
            kind=Kind(kind),
            data_dir=options.data.absolute(),
            host=options.host,
            port=options.port,
            live_port=options.live_port,
            reset=getattr(options, "reset", False),
            database_url=env_secret("DATABASE_URL"),
            public_url=env_text("PUBLIC_URL"),
            has_secret_key=bool(env_secret("SECRET_KEY")),
            has_telegram_token=bool(env_secret("TELEGRAM_BOT_TOKEN")),
        )
    )


@contextmanager
def _database(data_dir: Path | None, *, alone: bool = False) -> Iterator[None]:
    """Reach the database that is meant, then read the settings."""
    from frontdesk.operations.reach import reach_database

    with reach_database(data_dir, alone=alone):
        _set_up()
        yield


def _set_up() -> None:
    """Configure logs and Django; from here on the settings are read."""
    import django

    from frontdesk.project.logs import configure_logs

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    configure_logs()
    django.setup()
