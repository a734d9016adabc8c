"""One holder per cluster: a second start on the same data waits, or says who holds them."""

import fcntl
import os
import sys
import time
from pathlib import Path

from frontdesk.operations.postgres.home import ClusterError

BUSY_SECONDS = 1.0
STOPPING_SECONDS = 15.0


def take_lock(folder: Path, data_dir: Path) -> int:
    """Return the open, locked file of a cluster's folder; whoever inherits it holds it too.

    A holder whose starter is gone is only stopping, and is waited for longer.
    Raises ClusterError naming the holder.
    """
    lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    asked = time.monotonic()
    while not _try_lock(lock):
        holder = os.pread(lock, 200, 0).decode(errors="replace").strip()
        patience = BUSY_SECONDS if _is_alive(holder.split(" ", 1)[0]) else STOPPING_SECONDS
        if time.monotonic() - asked > patience:
            os.close(lock)
            raise ClusterError(
                f"The data in {data_dir} are in use by process {holder}. "
                "Stop it, or choose another folder with --data."
            )
        time.sleep(0.05)
    os.ftruncate(lock, 0)
    os.pwrite(lock, f"{os.getpid()} ({_own_name()})\n".encode(), 0)
    return lock


def _try_lock(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_alive(process_id: str) -> bool:
    if not process_id.isdigit():
        return False
    try:
        os.kill(int(process_id), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _own_name() -> str:
    return " ".join([Path(sys.argv[0]).name, *sys.argv[1:2]])[:100]
