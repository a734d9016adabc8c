"""`frontdesk doctor`: names each thing that is wrong, and what to do about it."""

import smtplib
import stat
from pathlib import Path

from django.conf import settings

from frontdesk.operations.checks import (
    Check,
    bots,
    demo_data,
    ledgers,
    migrations,
    problems,
    queue,
    storage,
    stored_bytes,
    virus_scanner,
    worker,
)
from frontdesk.operations.queue import jobs_by_status
from frontdesk.operations.terminal import Refusal, say


def examine() -> None:
    """Check everything and say what was found. Raises Refusal when something is wrong."""
    checks: list[tuple[str, Check]] = [
        ("migrations", migrations),
        ("queue", queue),
        ("failed jobs", _failed_jobs),
        ("worker", worker),
        ("bots", bots),
        ("ledgers", ledgers),
        ("storage", storage),
        ("stored bytes", stored_bytes),
        ("virus scanner", virus_scanner),
        ("data folder", _data_folder),
        ("mail", _mail),
    ]
    if settings.DEMO:
        checks.append(("demo data", demo_data))
    found = list(problems(checks))
    wrong = {problem.part for problem in found}
    for part in ["database", *(part for part, _ in checks)]:
        if "database" not in wrong and part not in wrong:
            say(f"  fine   {part}")
    for problem in found:
        say(f"  WRONG  {problem.part}: {problem.cause}")
    if found:
        raise Refusal(f"{len(found)} thing{'s' if len(found) > 1 else ''} to put right.")


def _failed_jobs() -> str | None:
    failed = sum(count for _, status, count in jobs_by_status() if status == "failed")
    if failed:
        return f"{failed} jobs have failed for good; the worker's log says why (job_error)."
    return None


def _data_folder() -> str | None:
    folder = Path(settings.DATA_DIR)
    if not folder.exists():
        return None if settings.S3_BUCKET else f"{folder} does not exist: set DATA_DIR."
    for name in ("secret-key", "files"):
        path = folder / name
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
            return f"Others can read {path}: chmod go= {path}"
    return None


def _mail() -> str | None:
    if settings.EMAIL_BACKEND.endswith("dummy.EmailBackend"):
        return None if settings.IS_LOCAL else "No mail can be sent: set EMAIL_HOST."
    try:
        with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=10) as server:
            server.noop()
    except (OSError, smtplib.SMTPException) as error:
        return (
            f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT} takes no mail: {error}. See EMAIL_HOST."
        )
    return None
