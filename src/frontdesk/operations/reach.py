"""Which database a command means: the operator's, or that of a data folder."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from frontdesk.operations.one_machine.data_folder import (
    Kind,
    kind_of,
    prepare_folder,
    secret_key_file,
)
from frontdesk.operations.postgres import Cluster, ClusterError
from frontdesk.operations.terminal import Refusal


@contextlib.contextmanager
def reach_database(data_dir: Path | None, *, alone: bool = False) -> Iterator[None]:
    """Put into the environment what the settings need to reach the database.

    With DATABASE_URL there is nothing to do. Else the server of `data_dir` is used, or started
    for as long as the command runs. `alone` asks that nobody else is running it.

    Raises Refusal when there is no such folder, or somebody runs it who must not.
    """
    if _has_own_database():
        yield
        return
    data_dir = (data_dir or _usual_folder()).absolute()
    kind = kind_of(data_dir)
    if kind is None:
        raise Refusal(
            f"There is no data folder at {data_dir}: name it with --data, or set DATABASE_URL."
        )
    with _server(Cluster(data_dir), alone=alone) as url:
        os.environ["DATABASE_URL"] = url
        os.environ.setdefault("DATA_DIR", str(data_dir))
        os.environ.setdefault("DEMO", "yes" if kind is Kind.DEMO else "no")
        if not any(os.environ.get(name) for name in ("SECRET_KEY", "SECRET_KEY_FILE")):
            os.environ["SECRET_KEY_FILE"] = str(secret_key_file(data_dir))
        yield


def make_folder_for(data_dir: Path | None, kind: str) -> None:
    """Make a new data folder for what a backup holds; one that exists stays as it is."""
    folder = (data_dir or _usual_folder()).absolute()
    if not _has_own_database() and kind_of(folder) is None:
        prepare_folder(folder, Kind(kind))


def _has_own_database() -> bool:
    return any(os.environ.get(name) for name in ("DATABASE_URL", "DATABASE_URL_FILE"))


def _usual_folder() -> Path:
    named = [Path(os.environ["DATA_DIR"])] if os.environ.get("DATA_DIR") else []
    usual = [*named, Path("frontdesk-data"), Path("demo-data")]
    return next((folder for folder in usual if kind_of(folder)), usual[0])


@contextlib.contextmanager
def _server(cluster: Cluster, *, alone: bool) -> Iterator[str]:
    try:
        if not alone and (url := cluster.find_running()):
            yield url
            return
        with cluster as url:
            yield url
    except ClusterError as error:
        raise Refusal(str(error)) from None
