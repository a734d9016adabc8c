"""The command `frontdesk`. Each command imports what it needs when it runs: help is instant."""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from frontdesk.project.environment import env_secret, env_text

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

Command = Callable[[argparse.Namespace], None]

LOOPBACK = "127.0.0.1"


def main(words: list[str] | None = None) -> int:
    """Run one command; return the exit code: 1 when it was refused, in words."""
    from django.core.exceptions import ImproperlyConfigured

    from frontdesk.operations.terminal import Refusal, complain

    arguments = _parser().parse_args(words)
    run: Command = arguments.run
    try:
        run(arguments)
    except (Refusal, ImproperlyConfigured) as refusal:
        complain(f"frontdesk {arguments.command}: {refusal}")
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="frontdesk", description="The help desk of a service provider."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_one_machine(commands)
    _add_processes(commands)
    _add_care(commands)
    return parser


def _add_one_machine(commands: "Commands") -> None:
    demo = commands.add_parser("demo", help="try it: everything at once, with made-up people")
    demo.set_defaults(run=_demo)
    demo.add_argument("--data", type=Path, default=Path("demo-data"), help="data folder")
    demo.add_argument("--reset", action="store_true", help="begin with fresh demo data")
    up = commands.add_parser("up", help="run everything on this one machine")
    up.set_defaults(run=_up)
    up.add_argument("--data", type=Path, default=Path("frontdesk-data"), help="data folder")
    for command in (demo, up):
        command.add_argument("--port", type=int, default=8000, help="port of the pages (8000)")
        command.add_argument("--host", default=LOOPBACK, help=f"address to listen on ({LOOPBACK})")
        command.add_argument("--live-port", type=int, default=0, help="port of live updates")


def _add_processes(commands: "Commands") -> None:
    web = commands.add_parser("web", help="serve pages, with your DATABASE_URL")
    web.set_defaults(run=_web)
    web.add_argument("--processes", type=int, default=2)
    web.add_argument("--threads", type=int, default=4, help="threads of each process (4)")
    live = commands.add_parser("live", help="serve live updates")
    live.set_defaults(run=_live)
    for command, port in ((web, 8000), (live, 8001)):
        command.add_argument("--host", default=LOOPBACK)
        command.add_argument("--port", type=int, default=port)
    commands.add_parser("worker", help="run background jobs").set_defaults(run=_worker)
    commands.add_parser("telegram", help="run the Telegram bots").set_defaults(run=_telegram)
    prepare = commands.add_parser("prepare", help="migrate the database, collect static files")
    prepare.set_defaults(run=_prepare)


def _add_care(commands: "Commands") -> None:
    doctor = commands.add_parser("doctor", help="find what is wrong, and what to do about it")
    doctor.set_defaults(run=_doctor)
    backup = commands.add_parser("backup", help="write database and files into one archive")
    backup.set_defaults(run=_backup)
    restore = commands.add_parser("restore", help="bring an archive back")
    restore.set_defaults(run=_restore)
    restore.add_argument("--replace", action="store_true", help="give up the data that are there")
    for command in (backup, restore):
        command.add_argument("file", type=Path, metavar="FILE")
    seed = commands.add_parser("seed", help="add realistic tickets in bulk, to measure with")
    seed.set_defaults(run=_seed)
    seed.add_argument("--tickets", type=int, required=True, metavar="N")
    bench = commands.add_parser("bench", help="measure speed, held against floors of the same run")
    bench.set_defaults(run=_bench)
    bench.add_argument(
        "--tickets", type=_ticket_counts, metavar="N,N", help="sizes to measure (1000,100000)"
    )
    bench.add_argument("--seconds", type=float, default=3.0, help="for each figure (3)")
    bench.add_argument(
        "--live",
        type=int,
        nargs="?",
        const=5_000,
        default=0,
        metavar="PAGES",
        help="measure live updates with so many open pages (5000)",
    )
    manage = commands.add_parser("manage", help="run a command of Django's own", add_help=False)
    manage.set_defaults(run=_manage)
    manage.add_argument("words", nargs=argparse.REMAINDER)
    for command in (doctor, backup, restore, seed):
        command.add_argument("--data", type=Path, help="data folder, where no DATABASE_URL is set")


def _demo(arguments: argparse.Namespace) -> None:
    _run_one_machine(arguments, kind="demo")


def _up(arguments: argparse.Namespace) -> None:
    _run_one_machine(arguments, kind="up")


def _run_one_machine(arguments: argparse.Namespace, *, kind: str) -> None:
    from frontdesk.operations.one_machine.data_folder import Kind
    from frontdesk.operations.one_machine.run import Wish, run_one_machine

    if sys.stdout.isatty():
        # A person watches: what is normal need not be said.
        os.environ.setdefault("LOG_LEVEL", "WARNING")
    run_one_machine(
        Wish(
            kind=Kind(kind),
            data_dir=arguments.data.absolute(),
            host=arguments.host,
            port=arguments.port,
            live_port=arguments.live_port,
            reset=getattr(arguments, "reset", False),
            database_url=env_secret("DATABASE_URL"),
            public_url=env_text("PUBLIC_URL"),
            has_secret_key=bool(env_secret("SECRET_KEY")),
        )
    )


def _web(arguments: argparse.Namespace) -> None:
    _set_up()
    from frontdesk.operations.serve import Place, serve_web
    from frontdesk.operations.static_files import collect_static_files
    from frontdesk.project.logs import log_config

    collect_static_files()
    place = Place(arguments.host, arguments.port, arguments.processes, arguments.threads)
    serve_web("frontdesk.project.wsgi:application", place, log_config())


def _live(arguments: argparse.Namespace) -> None:
    _set_up()
    from frontdesk.operations.serve import Place, serve_live
    from frontdesk.project.logs import log_config

    place = Place(arguments.host, arguments.port, processes=1)
    serve_live("frontdesk.project.asgi:application", place, log_config())


def _worker(_: argparse.Namespace) -> None:
    _set_up()
    from frontdesk.operations.work import run_worker

    run_worker()


def _telegram(_: argparse.Namespace) -> None:
    _set_up()
    from frontdesk.channels.telegram.process import run

    run()


def _prepare(_: argparse.Namespace) -> None:
    from frontdesk.operations.reach import reach_database

    with reach_database(None):
        _set_up()
        from frontdesk.operations.prepare import prepare

        prepare()


def _doctor(arguments: argparse.Namespace) -> None:
    from frontdesk.operations.reach import reach_database

    with reach_database(arguments.data):
        _set_up()
        from frontdesk.operations.doctor import examine

        examine()


def _backup(arguments: argparse.Namespace) -> None:
    from frontdesk.operations.reach import reach_database

    with reach_database(arguments.data):
        _set_up()
        from frontdesk.operations.backup import back_up

        back_up(arguments.file)


def _restore(arguments: argparse.Namespace) -> None:
    from frontdesk.operations.archive import check_archive
    from frontdesk.operations.reach import make_folder_for, reach_database

    manifest = check_archive(arguments.file)
    make_folder_for(arguments.data, manifest["kind"])
    with reach_database(arguments.data, alone=True):
        _set_up()
        from frontdesk.operations.prepare import prepare
        from frontdesk.operations.restore import restore

        restore(arguments.file, replace=arguments.replace)
        prepare()


def _seed(arguments: argparse.Namespace) -> None:
    from frontdesk.operations.reach import reach_database

    with reach_database(arguments.data):
        _set_up()
        from frontdesk.operations.seed import seed
        from frontdesk.operations.terminal import say

        seed(arguments.tickets, tell=say)


def _bench(arguments: argparse.Namespace) -> None:
    from frontdesk.operations.bench.run import DEFAULT_SIZES, Wishes, run_bench
    from frontdesk.project.logs import configure_logs

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "frontdesk.project.settings")
    os.environ["LOG_LEVEL"] = "WARNING"
    configure_logs()
    sizes = arguments.tickets or (() if arguments.live else DEFAULT_SIZES)
    run_bench(Wishes(sizes=sizes, seconds=arguments.seconds, live_pages=arguments.live))


def _ticket_counts(text: str) -> tuple[int, ...]:
    return tuple(int(count.replace("_", "")) for count in text.split(","))


def _manage(arguments: argparse.Namespace) -> None:
    from frontdesk.operations.reach import reach_database

    with reach_database(None):
        _set_up()
        from django.core.management import execute_from_command_line

        execute_from_command_line(["frontdesk manage", *arguments.words])


def _set_up() -> None:
    """Configure logs and Django; from here on the settings are read."""
    import django

    from frontdesk.project.logs import configure_logs

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "frontdesk.project.settings")
    configure_logs()
    django.setup()


if __name__ == "__main__":
    sys.exit(main())
