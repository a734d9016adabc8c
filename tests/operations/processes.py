"""Looks at processes from outside, as an operator would."""

import time
from collections.abc import Callable

import psutil


def wait_for(truth: Callable[[], object], seconds: float = 30.0) -> bool:
    """Ask until the answer is true; return whether it became so in time."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        if truth():
            return True
        time.sleep(0.05)
    return False


def family(process_id: int) -> list[psutil.Process]:
    """Return the process and all that it started, directly or not."""
    process = psutil.Process(process_id)
    return [process, *process.children(recursive=True)]


def words(process: psutil.Process) -> list[str]:
    """Return the words of its command line; none when it has ended."""
    try:
        return process.cmdline()
    except psutil.NoSuchProcess:
        return []


def alive(processes: list[psutil.Process]) -> list[str]:
    """Return the command lines of those that still run."""
    left = []
    for process in processes:
        try:
            if process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
                left.append(" ".join(process.cmdline())[:120])
        except psutil.NoSuchProcess:
            continue
    return left
