"""Processor time of the servers that are measured.

Rates move with whatever else the machine does, processor time hardly: a page that takes twice
the floor's is half as fast on any machine.
"""

import os
from pathlib import Path

from django.db import connection

TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")
# Places in /proc/PID/stat, counted from after the name in brackets.
PARENT, SESSION, USER_TICKS, SYSTEM_TICKS = 1, 3, 11, 12


def session_pids(leader: int) -> list[int]:
    """Return a process that leads a session, and all others in it."""
    return [pid for pid, stat in _processes() if int(stat[SESSION]) == leader]


def database_pids() -> list[int]:
    """Return the processes of our PostgreSQL; empty when it runs elsewhere."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()[0]
    stats = dict(_processes())
    if backend not in stats:
        return []
    server = int(stats[backend][PARENT])
    return [server, *(pid for pid, stat in stats.items() if int(stat[PARENT]) == server)]


def seconds_of(pids: list[int]) -> float:
    """Return the processor time that these processes have taken so far."""
    stats = dict(_processes())
    ticks = sum(
        int(stats[pid][USER_TICKS]) + int(stats[pid][SYSTEM_TICKS]) for pid in pids if pid in stats
    )
    return ticks / TICKS_A_SECOND


def _processes() -> list[tuple[int, list[str]]]:
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                stat = (folder / "stat").read_text()
            except OSError:  # it has ended meanwhile
                continue
            found.append((int(folder.name), stat.rpartition(")")[2].split()))
    return found
