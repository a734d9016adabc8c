"""What every test process needs before Django loads: settings, one PostgreSQL, own folders."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from frontdesk.operations.postgres import Cluster

# An address of another PostgreSQL to run the tests on, such as the oldest one promised.
OTHER_SERVER = "TEST_DATABASE_URL"
# Set by the first process, so that the parallel ones share its server.
SHARED_SERVER = "FRONTDESK_TEST_SERVER"
# Set by the first process too: its folder, for what is made once for all.
SHARED_FOLDER = "FRONTDESK_TEST_FOLDER"
# A cluster is in it, which the first process removes with the rest.
PREPARED_DEMO = "demo"

# What the developer's shell may say to a demo is no business of the tests.
FORGOTTEN = (
    *("ALLOWED_HOSTS", "BENCHMARK", "CLAMD_URL", "DEBUG", "DEMO", "EMAIL_HOST", "LIVE_URL"),
    *("METRICS_TOKEN", "PUBLIC_URL", "S3_BUCKET", "TELEGRAM_API_URL", "TELEGRAM_BOT_TOKEN"),
    *("TELEGRAM_PROXY", "TRUSTED_PROXIES"),
    # Set in many containers: each program would compile all that it imports, a second a start.
    "PYTHONDONTWRITEBYTECODE",
)

_folder = Path(tempfile.mkdtemp(prefix="frontdesk-tests-"))
_cluster: Cluster | None = None


def prepare() -> None:
    """Set the environment of this process; the first one starts the server for all."""
    global _cluster
    for name in FORGOTTEN:
        os.environ.pop(name, None)
    server = os.environ.get(OTHER_SERVER) or os.environ.get(SHARED_SERVER)
    if not server:
        _cluster = Cluster(_folder / "postgresql", throwaway=True)
        server = os.environ[SHARED_SERVER] = _cluster.start()
    os.environ.setdefault(SHARED_FOLDER, str(_folder))
    (_folder / "static").mkdir(exist_ok=True)
    os.environ.update(
        DJANGO_SETTINGS_MODULE="frontdesk.project.settings",
        DATABASE_URL=server,
        SECRET_KEY="for tests only",
        DATA_DIR=str(_folder),
    )


def leave_settings_to_others() -> None:
    """Keep the name of the settings from the processes that this one starts to run the tests.

    With it they would read the settings before they come here: the files of their tests would
    be in this process's folder, and those of the programs that they start in another one.
    """
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)


def once_for_all(name: str, make: Callable[[Path], None]) -> Path:
    """Return a folder that was given to `make` by whichever process asked first.

    The others wait for it. Where `make` fails, the next one that asks has it tried again.
    """
    folder = Path(os.environ[SHARED_FOLDER]) / name
    with open(folder.with_name(f"{name}.lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            building = folder.with_name(f"{name}.new")
            building.mkdir(exist_ok=True)
            make(building)
            building.rename(folder)
    return folder


def clean_up() -> None:
    """Stop what this process started and remove its folders."""
    if _cluster is not None:
        _cluster.stop()
    for data in _folder.glob(f"{PREPARED_DEMO}*/"):  # also where making it failed
        Cluster(data).remove()
    shutil.rmtree(_folder, ignore_errors=True)
