"""Static files: hashed names and compressed copies, made when something changed."""

import fcntl
import hashlib
import shutil
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.management.commands.collectstatic import Command
from django.core.files.storage import storages
from django.core.management import call_command


def collect_static_files() -> bool:
    """Fill STATIC_ROOT when the sources have changed; return whether they had.

    Into a new folder that takes the old one's place: a server never sees half of it.
    """
    root = Path(settings.STATIC_ROOT)
    root.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(root.with_name("static.lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        stamp, wanted = root / "stamp", _fingerprint()
        if stamp.exists() and stamp.read_text() == wanted:
            return False
        building, old = root.with_name("static.new"), root.with_name("static.old")
        for leftover in (building, old):
            shutil.rmtree(leftover, ignore_errors=True)
        _collect_into(building)
        (building / "stamp").write_text(wanted)
        if root.exists():
            root.rename(old)
        building.rename(root)
        shutil.rmtree(old, ignore_errors=True)
    return True


def _collect_into(folder: Path) -> None:
    command = Command()
    backend = settings.STORAGES["staticfiles"]["BACKEND"]
    command.storage = storages.create_storage({"BACKEND": backend, "OPTIONS": {"location": folder}})
    call_command(command, interactive=False, verbosity=0)


def _fingerprint() -> str:
    digest = hashlib.sha256(version("whitenoise").encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            found = Path(storage.path(path)).stat()
            digest.update(f"{path} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()
