"""What a list of services would change: row by row, before anything is changed."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256

from django.db.models import Q

from frontdesk.accounts.models import Account, Service
from frontdesk.support import errors
from frontdesk.support.actions.put_account import checked_id
from frontdesk.support.actions.put_service import ServiceFacts, checked_facts
from frontdesk.support.service_file import ServiceRow

FIELDS = ("name", "kind", "plan", "status", "expires_on")
MOST_DIGITS = 18


class Outcome(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


class Why(StrEnum):
    """Why a row is refused, beside what is wrong with a value."""

    WIDTH = "width"
    NO_ACCOUNT = "no_account"
    TWICE = "twice"
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True)
class Change:
    """A field with what it is and what it would be."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Line:
    """What one row means. A refused one names the `field` and the `reason`, one of Why or of
    BadValue's codes, and `detail`, what it refers to."""

    row: ServiceRow
    outcome: Outcome
    account: Account | None = None
    facts: ServiceFacts | None = None
    service_pk: int | None = None
    changes: tuple[Change, ...] = ()
    field: str = ""
    reason: str = ""
    detail: str = ""

    @property
    def external_id(self) -> str:
        """The id of the service."""
        return self.row.cells.get("service_id", "")


@dataclass(frozen=True, slots=True)
class Plan:
    """All rows with what becomes of them; the same file on the same services has one `digest`."""

    lines: list[Line]
    counts: dict[Outcome, int]
    digest: str

    def of(self, outcome: Outcome) -> list[Line]:
        """Return the rows that come out so."""
        return [line for line in self.lines if line.outcome is outcome]


class _Refusal(Exception):
    def __init__(self, field: str, reason: str, detail: str = "") -> None:
        super().__init__(reason)
        self.field, self.reason, self.detail = field, reason, detail


@dataclass(frozen=True, slots=True)
class _Known:
    """What is there: accounts by how a file names them, services by their ids."""

    accounts: dict[str, Account]
    services: dict[str, Service]


def plan_services(provider_id: int, rows: list[ServiceRow], *, is_locked: bool = False) -> Plan:
    """Return what importing the rows would do to the provider's services, in two queries.

    With `is_locked` those that are there stay as they are until the transaction ends.
    """
    known = _Known(_accounts(provider_id, rows), _services(provider_id, rows, is_locked))
    seen: dict[str, int] = {}
    lines = [_line(row, known, seen) for row in rows]
    found = Counter(line.outcome for line in lines)
    counts = {outcome: found[outcome] for outcome in Outcome}
    return Plan(lines, counts, _digest(lines))


def _accounts(provider_id: int, rows: list[ServiceRow]) -> dict[str, Account]:
    """Return accounts by their id in the billing, and by their number here as `#12`."""
    named = {row.cells.get("account_id", "") for row in rows} - {""}
    numbers = [int(name[1:]) for name in named if _is_number(name)]
    own = Account.objects.filter(provider_id=provider_id)
    found = list(own.filter(Q(external_id__in=named) | Q(pk__in=numbers)))
    by_number = {f"#{account.pk}": account for account in found}
    return by_number | {account.external_id: account for account in found if account.external_id}


def _is_number(name: str) -> bool:
    digits = name[1:]
    return name[:1] == "#" and digits.isascii() and digits.isdigit() and len(digits) <= MOST_DIGITS


def _services(provider_id: int, rows: list[ServiceRow], is_locked: bool) -> dict[str, Service]:
    ids = {row.cells.get("service_id", "") for row in rows} - {""}
    services = Service.objects.filter(provider_id=provider_id, external_id__in=ids)
    if is_locked:
        services = services.order_by("pk").select_for_update(no_key=True)
    return {service.external_id: service for service in services}


def _line(row: ServiceRow, known: _Known, seen: dict[str, int]) -> Line:
    try:
        return _accepted(row, known, seen)
    except _Refusal as no:
        return Line(row, Outcome.REFUSED, field=no.field, reason=no.reason, detail=no.detail)
    except errors.BadValue as error:
        return Line(row, Outcome.REFUSED, field=error.field, reason=error.reason)


def _accepted(row: ServiceRow, known: _Known, seen: dict[str, int]) -> Line:
    if row.width:
        raise _Refusal("", Why.WIDTH, str(row.width))
    external_id = checked_id("service_id", row.cells["service_id"])
    if external_id in seen:
        raise _Refusal("service_id", Why.TWICE, str(seen[external_id]))
    account = known.accounts.get(row.cells["account_id"])
    if account is None:
        raise _Refusal("account_id", Why.NO_ACCOUNT, row.cells["account_id"])
    service = known.services.get(external_id)
    if service and service.account_id != account.pk:
        raise _Refusal("service_id", Why.FOREIGN)
    facts = checked_facts(_facts(row, service))
    seen[external_id] = row.line
    changes = _changes(service, facts) if service else ()
    outcome = Outcome.NEW if service is None else Outcome.CHANGED if changes else Outcome.UNCHANGED
    return Line(row, outcome, account, facts, service.pk if service else None, changes)


def _facts(row: ServiceRow, service: Service | None) -> ServiceFacts:
    """Return what the row says. A column that the file does not have leaves what is there."""
    usual = ServiceFacts(name="")
    cells = row.cells

    def told(name: str) -> str:
        if name in cells:
            return cells[name]
        return str(getattr(service or usual, name))

    kept = service.expires_on if service else None
    return ServiceFacts(
        name=cells["name"],
        kind=told("kind").lower() or usual.kind,
        plan=told("plan"),
        status=told("status").lower() or usual.status,
        expires_on=_day(cells["expires_on"]) if "expires_on" in cells else kept,
    )


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise errors.BadValue("expires_on", errors.BadValue.UNKNOWN) from None
    # Python reads 20270131 and 2027-W05-7 as well; a spreadsheet writes such things by accident.
    if day.isoformat() != text:
        raise errors.BadValue("expires_on", errors.BadValue.UNKNOWN)
    return day


def _changes(service: Service, facts: ServiceFacts) -> tuple[Change, ...]:
    pairs = ((name, getattr(service, name), getattr(facts, name)) for name in FIELDS)
    return tuple(
        Change(name, str(old or ""), str(new or "")) for name, old, new in pairs if old != new
    )


def _digest(lines: list[Line]) -> str:
    digest = sha256()
    for line in lines:
        account = line.account.pk if line.account else 0
        told = (line.row, line.outcome, account, line.facts, line.changes, line.reason, line.detail)
        digest.update(repr(told).encode())
    return digest.hexdigest()
