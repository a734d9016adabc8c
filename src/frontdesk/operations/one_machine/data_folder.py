"""The data folder: whose it is, its secret key, and how a demo's is emptied."""

import contextlib
import os
import secrets
import shutil
from enum import StrEnum
from pathlib import Path

from frontdesk.operations.postgres import Cluster, ClusterError
from frontdesk.operations.terminal import Refusal


class Kind(StrEnum):
    """What a data folder is for. The two are never mixed: a demo's passwords are known to all."""

    DEMO = "demo"
    UP = "up"


def kind_of(folder: Path) -> Kind | None:
    """Return what the folder is for; None when it is no data folder of ours."""
    mark = folder / "kind"
    try:
        return Kind(mark.read_text().strip())
    except (OSError, ValueError):
        return None


def prepare_folder(folder: Path, kind: Kind) -> None:
    """Make the folder, or check that it is one of that kind.

    Raises Refusal when it is not, or cannot be written.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = kind_of(folder)
        if found is None:
            _write_closed(folder / "kind", f"{kind}\n")
        for name in ("files", "static"):
            (folder / name).mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise Refusal(
            f"The data folder {folder} cannot be used: {error.strerror}: {error.filename}. "
            "Choose another one with --data."
        ) from None
    if found not in {None, kind}:
        raise Refusal(
            f"{folder} was made by `frontdesk {found}` and is not for `frontdesk {kind}`: "
            "choose another folder with --data."
        )


def secret_key_file(folder: Path) -> Path:
    """Return the file of the secret key, made at the first start."""
    path = folder / "secret-key"
    with contextlib.suppress(FileExistsError):
        _write_closed(path, secrets.token_urlsafe(48) + "\n")
    return path


def empty_folder(folder: Path) -> None:
    """Delete a demo's database and files.

    Raises Refusal for any folder but a demo's, or while it is in use.
    """
    if not folder.exists() or not any(folder.iterdir()):
        return
    if kind_of(folder) is not Kind.DEMO:
        raise Refusal(f"{folder} is not a demo's data folder: nothing was deleted.")
    try:
        Cluster(folder).remove()
    except ClusterError as error:
        raise Refusal(str(error)) from None
    for name in ("files", "static"):
        shutil.rmtree(folder / name, ignore_errors=True)


def _write_closed(path: Path, text: str) -> None:
    """Write a new file for us alone. Raises FileExistsError."""
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
