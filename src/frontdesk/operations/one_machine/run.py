"""`frontdesk demo` and `frontdesk up`: the whole program from one command."""

import contextlib
import os
import socket
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from frontdesk.operations.demo.telegram.startup import sandbox_environment
from frontdesk.operations.one_machine.child import Child
from frontdesk.operations.one_machine.data_folder import (
    Kind,
    empty_folder,
    prepare_folder,
    secret_key_file,
)
from frontdesk.operations.one_machine.ports import keep_ipv6_twin, keep_port
from frontdesk.operations.one_machine.supervisor import (
    ToldToStop,
    answers,
    stop_all,
    stoppable,
    supervise,
)
from frontdesk.operations.one_machine.welcome import welcome
from frontdesk.operations.postgres import Cluster, ClusterError
from frontdesk.operations.terminal import Refusal

LOOPBACK = "127.0.0.1"
LOCAL_NAMES = {"localhost", LOOPBACK, "::1"}


@dataclass(frozen=True)
class Wish:
    """What the command line and the environment ask for; empty texts are unset."""

    kind: Kind
    data_dir: Path
    host: str = LOOPBACK
    port: int = 8000
    live_port: int = 0
    reset: bool = False
    database_url: str = ""
    public_url: str = ""
    has_secret_key: bool = False
    has_telegram_token: bool = False

    @property
    def address(self) -> str:
        """Where people find us. By name: passkeys refuse numbers."""
        return self.public_url or f"http://localhost:{self.port}"

    @property
    def is_local(self) -> bool:
        """Whether people come from this machine, and not through a proxy."""
        return urlsplit(self.address).hostname in LOCAL_NAMES


def run_one_machine(wish: Wish) -> None:
    """Run the program until it is told to stop.

    Raises Refusal when it cannot begin.
    """
    os.umask(0o077)
    with stoppable(), contextlib.suppress(ToldToStop):
        if wish.port < 1:
            raise Refusal(f"{wish.port} is not a port: give --port a number from 1 to 65535.")
        if wish.reset:
            _reset(wish)
        prepare_folder(wish.data_dir, wish.kind)
        live_port = wish.live_port or (0 if wish.is_local else wish.port + 1)
        with (
            keep_port(wish.host, wish.port),
            keep_ipv6_twin(wish.port) if wish.host == LOOPBACK else contextlib.nullcontext(),
            keep_port(wish.host, live_port, option="--live-port") as live,
            _sandbox_port(wish) as sandbox,
            _database(wish) as (database_url, cluster),
        ):
            environment = _environment(wish, database_url, live)
            if sandbox is not None:
                environment |= sandbox_environment(_number(sandbox))
            _prepare(environment, alone=cluster is not None)
            supervise(
                _children(wish, live, environment, sandbox),
                cluster,
                when_ready=lambda: _welcome_once_it_answers(wish),
            )


def _reset(wish: Wish) -> None:
    if wish.database_url:
        raise Refusal("--reset empties the demo's own database only: unset DATABASE_URL.")
    empty_folder(wish.data_dir)


@contextlib.contextmanager
def _database(wish: Wish) -> Iterator[tuple[str, Cluster | None]]:
    """Yield the operator's database, or our own for as long as we run."""
    if wish.database_url:
        yield wish.database_url, None
        return
    cluster = Cluster(wish.data_dir)
    try:
        yield cluster.start(), cluster
    except ClusterError as error:
        raise Refusal(str(error)) from None
    finally:
        cluster.stop()


def _environment(wish: Wish, database_url: str, live: socket.socket) -> dict[str, str]:
    """Return what each process of ours is told; what the operator set stays."""
    environment = dict(os.environ)
    environment |= {
        "DATABASE_URL": database_url,
        "DATA_DIR": str(wish.data_dir),
        "PUBLIC_URL": wish.address,
        "DEMO": "yes" if wish.kind is Kind.DEMO else "no",
    }
    if not wish.has_secret_key:
        environment["SECRET_KEY_FILE"] = str(secret_key_file(wish.data_dir))
    if wish.is_local:
        environment["LIVE_URL"] = f"http://localhost:{_number(live)}/live/"
    return environment


def _prepare(environment: dict[str, str], *, alone: bool) -> None:
    """Bring database and static files up to date, in a process that ends and frees its memory."""
    preparation = Child("prepare", *(["--alone"] if alone else []), environment=environment)
    try:
        preparation.start()
        if preparation.wait():
            raise Refusal("Frontdesk was not started; the reason is above.")
    except ToldToStop:
        stop_all([preparation])
        raise


def _sandbox_port(wish: Wish) -> AbstractContextManager[socket.socket | None]:
    """Keep a port for the demo's stand-in for Telegram; with a token of its own it needs none."""
    if wish.kind is Kind.DEMO and not wish.has_telegram_token:
        return keep_port(LOOPBACK, 0)
    return contextlib.nullcontext()


def _children(
    wish: Wish, live: socket.socket, environment: dict[str, str], sandbox: socket.socket | None
) -> list[Child]:
    commands = [
        ["web", "--host", wish.host, "--port", str(wish.port)],
        ["worker"],
        ["live", "--host", wish.host, "--port", str(_number(live))],
    ]
    if sandbox is not None:
        commands.append(["telegram-sandbox", "--port", str(_number(sandbox))])
    commands.append(["telegram"])
    return [Child(*command, environment=environment) for command in commands]


def _welcome_once_it_answers(wish: Wish) -> bool:
    host = LOOPBACK if wish.host in {"0.0.0.0", "::"} else wish.host  # noqa: S104  # compared only
    if not answers(host, wish.port, name=urlsplit(wish.address).netloc):
        return False
    welcome(wish.address, wish.data_dir, demo=wish.kind is Kind.DEMO, shared=not _is_loopback(wish))
    return True


def _is_loopback(wish: Wish) -> bool:
    return wish.host in LOCAL_NAMES


def _number(kept: socket.socket) -> int:
    port: int = kept.getsockname()[1]
    return port
