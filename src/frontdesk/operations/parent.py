"""Ends a process with the one that started it, also when that one is killed outright."""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1
# Loaded here: nothing may be imported between fork and exec.
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


def end_with_parent(parent: int) -> None:
    """Ask the kernel to kill us when our parent, the process `parent`, ends before us.

    Outright: the database ends at the same moment, so that an orderly end has nothing to write to.
    """
    if LIBC is None:
        return
    LIBC.prctl(PR_SET_PDEATHSIG, int(signal.SIGKILL))
    if os.getppid() != parent:
        os._exit(1)  # it ended before we asked
