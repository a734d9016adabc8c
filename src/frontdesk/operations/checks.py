"""What must be right for the program to work; asked by /readyz and by `frontdesk doctor`."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection

from frontdesk.accounts.models import Provider, TelegramBot
from frontdesk.accounts.telegram_bots import bot_trouble
from frontdesk.billing.checks import check_ledgers
from frontdesk.operations.prepare import OLDEST_POSTGRESQL, pending_migrations, server_version
from frontdesk.operations.queue import oldest_due_seconds, worker_silent_seconds
from frontdesk.shared.virus_scan import ScannerTrouble, check_scanner
from frontdesk.support.room import accounts_weighed_wrong

QUEUE_SECONDS = 60.0
# Workers beat every two seconds; a machine under load may miss some.
WORKER_SECONDS = 15.0

Check = Callable[[], str | None]


@dataclass(frozen=True)
class Problem:
    """What is wrong: the part, and one line with the cause and what to do."""

    part: str
    cause: str


def readiness_problems() -> list[Problem]:
    """Return what keeps this installation from being ready."""
    checks: list[tuple[str, Check]] = [("migrations", _once_fine(migrations)), ("queue", queue)]
    if settings.DEMO:
        checks += [("demo data", demo_data), ("worker", worker), ("bot", bots)]
    return list(problems(checks))


def problems(checks: Iterable[tuple[str, Check]]) -> Iterator[Problem]:
    """Yield what the checks find; when the database is away, only that."""
    if cause := database():
        yield Problem("database", cause)
        return
    for part, check in checks:
        try:
            cause = check()
        except DatabaseError as error:
            cause = f"The database refuses: {str(error).splitlines()[0]}"
        if cause:
            yield Problem(part, cause)


def database() -> str | None:
    """Can the database be reached, and is it new enough."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        found = server_version()
    except DatabaseError as error:
        return f"The database does not answer: {str(error).splitlines()[0]} Check DATABASE_URL."
    if found < OLDEST_POSTGRESQL:
        return f"PostgreSQL {found} is too old: {OLDEST_POSTGRESQL} or newer is needed."
    return None


def migrations() -> str | None:
    """Has the database had all migrations."""
    if pending := pending_migrations():
        return f"{len(pending)} migrations are missing ({pending[0]}): run `frontdesk prepare`."
    return None


def queue() -> str | None:
    """Are jobs taken up in time."""
    seconds = oldest_due_seconds()
    if seconds > QUEUE_SECONDS:
        return f"A job has waited for {seconds:.0f} s: is `frontdesk worker` running and enough?"
    return None


def worker() -> str | None:
    """Does a worker live."""
    seconds = worker_silent_seconds()
    if seconds is None:
        return "No worker has ever been seen: start `frontdesk worker`."
    if seconds > WORKER_SECONDS:
        return f"No worker has been seen for {seconds:.0f} s: start `frontdesk worker`."
    return None


def bots() -> str | None:
    """Do all bots live, and does Telegram answer them."""
    active = TelegramBot.objects.filter(is_active=True).select_related("provider")
    troubles = {str(bot): bot_trouble(bot) for bot in active}
    return next((f"{name}: {words}" for name, words in troubles.items() if words), None)


def demo_data() -> str | None:
    """Are the demo's people there."""
    if Provider.objects.filter(slug="northhost").exists():
        return None
    return "The demo's data are not loaded: run `frontdesk demo --reset`."


def ledgers() -> str | None:
    """Do balances, available tickets and ledgers agree."""
    broken = check_ledgers()
    if not broken:
        return None
    first = ", ".join(f"{one.account_id} ({one.fault})" for one in broken[:5])
    return (
        f"The ledgers of {len(broken)} accounts do not add up, such as {first}: somebody wrote"
        " past the program. Restore a backup, or correct the rows by hand."
    )


def stored_bytes() -> str | None:
    """Does each account's counter agree with the files it has."""
    if not (wrong := accounts_weighed_wrong()):
        return None
    first = ", ".join(map(str, wrong[:5]))
    return (
        f"The files of {len(wrong)} accounts weigh other than what is noted, such as {first}:"
        " somebody wrote past the program. Correct accounts_account.stored_bytes."
    )


def virus_scanner() -> str | None:
    """Does the virus scanner answer, where there is one."""
    try:
        if settings.CLAMD_URL:
            check_scanner(settings.CLAMD_URL)
    except ScannerTrouble as trouble:
        return f"{settings.CLAMD_URL} does not answer: {trouble}. No file can be sent till then."
    return None


def storage() -> str | None:
    """Can files be stored, read and deleted."""
    try:
        name = default_storage.save("doctor/check", ContentFile(b"check"))
        with default_storage.open(name) as file:
            whole = file.read() == b"check"
        default_storage.delete(name)
    except Exception as error:  # whatever a storage of any kind may raise is the finding
        return f"Files cannot be stored: {error}. Check DATA_DIR and its owner, or S3_BUCKET."
    return None if whole else "A stored file came back changed: check the disk."


_fine: set[Check] = set()


def _once_fine(check: Check) -> Check:
    """Ask until it is fine, then no more: what this process found fine stays so."""

    def asked_once() -> str | None:
        if check in _fine:
            return None
        if (cause := check()) is None:
            _fine.add(check)
        return cause

    return asked_once
