"""The command `frontdesk`. Help is instant: what a command needs is imported when it runs."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from frontdesk.project import commands

if TYPE_CHECKING:
    Subcommands = argparse._SubParsersAction[argparse.ArgumentParser]

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
    subcommands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_one_machine(subcommands)
    _add_processes(subcommands)
    _add_care(subcommands)
    return parser


def _add_one_machine(subcommands: "Subcommands") -> None:
    demo = subcommands.add_parser("demo", help="try it: everything at once, with made-up people")
    demo.set_defaults(run=commands.demo)
    demo.add_argument("--data", type=Path, default=Path("demo-data"), help="data folder")
    demo.add_argument("--reset", action="store_true", help="begin with fresh demo data")
    up = subcommands.add_parser("up", help="run everything on this one machine")
    up.set_defaults(run=commands.up)
    up.add_argument("--data", type=Path, default=Path("frontdesk-data"), help="data folder")
    for command in (demo, up):
        command.add_argument("--port", type=int, default=8000, help="port of the pages (8000)")
        command.add_argument("--host", default=LOOPBACK, help=f"address to listen on ({LOOPBACK})")
        command.add_argument("--live-port", type=int, default=0, help="port of live updates")


def _add_processes(subcommands: "Subcommands") -> None:
    web = subcommands.add_parser("web", help="serve pages, with your DATABASE_URL")
    web.set_defaults(run=commands.web)
    web.add_argument("--processes", type=int, default=2)
    web.add_argument("--threads", type=int, default=3, help="threads of each process (3)")
    live = subcommands.add_parser("live", help="serve live updates")
    live.set_defaults(run=commands.live)
    for command, port in ((web, 8000), (live, 8001)):
        command.add_argument("--host", default=LOOPBACK)
        command.add_argument("--port", type=int, default=port)
    subcommands.add_parser("worker", help="run background jobs").set_defaults(run=commands.worker)
    subcommands.add_parser("telegram", help="run the Telegram bots").set_defaults(
        run=commands.telegram
    )
    sandbox = subcommands.add_parser("telegram-sandbox", help="stand in for Telegram, in a demo")
    sandbox.set_defaults(run=commands.telegram_sandbox)
    sandbox.add_argument("--port", type=int, required=True)
    prepare = subcommands.add_parser("prepare", help="migrate the database, collect static files")
    prepare.set_defaults(run=commands.prepare)
    prepare.add_argument("--alone", action="store_true", help="nothing else runs on the database")


def _add_care(subcommands: "Subcommands") -> None:
    doctor = subcommands.add_parser("doctor", help="find what is wrong, and what to do about it")
    doctor.set_defaults(run=commands.doctor)
    backup = subcommands.add_parser("backup", help="write database and files into one archive")
    backup.set_defaults(run=commands.backup)
    restore = subcommands.add_parser("restore", help="bring an archive back")
    restore.set_defaults(run=commands.restore)
    restore.add_argument("--replace", action="store_true", help="give up the data that are there")
    for command in (backup, restore):
        command.add_argument("file", type=Path, metavar="FILE")
    provider = subcommands.add_parser("provider", help="open a provider with an administrator")
    provider.set_defaults(run=commands.provider)
    provider.add_argument("slug", help="first part of its addresses: a to z, digits, hyphens")
    provider.add_argument("--name", required=True)
    provider.add_argument("--email", required=True, help="the administrator's address")
    provider.add_argument("--administrator", required=True, help="the administrator's name")
    reset = subcommands.add_parser(
        "reset-second-step", help="let somebody in who has lost his phone and his codes"
    )
    reset.set_defaults(run=commands.reset_second_step)
    reset.add_argument("email", help="the address he signs in with")
    seed = subcommands.add_parser("seed", help="add realistic tickets in bulk, to measure with")
    seed.set_defaults(run=commands.seed)
    seed.add_argument("--tickets", type=int, required=True, metavar="N")
    bench = subcommands.add_parser(
        "bench", help="measure speed, held against floors of the same run"
    )
    bench.set_defaults(run=commands.bench)
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
    manage = subcommands.add_parser("manage", help="run a command of Django's own", add_help=False)
    manage.set_defaults(run=commands.manage)
    manage.add_argument("words", nargs=argparse.REMAINDER)
    for command in (doctor, backup, restore, provider, reset, seed):
        command.add_argument("--data", type=Path, help="data folder, where no DATABASE_URL is set")


def _ticket_counts(text: str) -> tuple[int, ...]:
    return tuple(int(count.replace("_", "")) for count in text.split(","))


if __name__ == "__main__":
    sys.exit(main())
