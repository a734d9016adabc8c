"""Ends a process with the one that started it, also when that one is killed outright."""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1
# Loaded here: nothing may be imported between fork and exec.
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


def end_with_parent(parent: int, number: int = signal.SIGTERM) -> None:
    """Ask the kernel to send us the signal when our parent, the process `parent`, ends."""
    if LIBC is None:
        return
    LIBC.prctl(PR_SET_PDEATHSIG, int(number))
    if os.getppid() != parent:
        os._exit(1)  # it ended before we asked
