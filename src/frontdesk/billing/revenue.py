"""What support has earned: tickets sold, used, lapsed, refunded, and sums of money."""

from collections.abc import Iterator
from dataclasses import astuple, dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Expression, F, Q, Sum
from django.db.models.functions import Coalesce, TruncMonth
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from frontdesk.accounts.models import Provider
from frontdesk.billing.models import EntryKind, LedgerEntry
from frontdesk.billing.models.ledger import GIVES_TICKETS
from frontdesk.billing.money import ZERO
from frontdesk.shared.csv_cells import Value


class GroupBy(models.TextChoices):
    """By what the report is broken down."""

    DEPARTMENT = "department", gettext_lazy("Department")
    ACCOUNT = "account", gettext_lazy("Account")
    MONTH = "month", gettext_lazy("Month")


@dataclass(frozen=True, slots=True)
class Figures:
    """Tickets and sums of one line; all are positive, `refunded` is money given back.

    Departments have no part in packages, gifts and top-ups: those stand under no department.
    """

    units_sold: int = 0
    units_given: int = 0
    units_spent: int = 0
    units_lapsed: int = 0
    units_returned: int = 0
    packages: Decimal = ZERO
    tickets: Decimal = ZERO
    charges: Decimal = ZERO
    refunded: Decimal = ZERO
    topped_up: Decimal = ZERO

    @property
    def earned(self) -> Decimal:
        """What stays with the provider for its support."""
        return self.packages + self.tickets + self.charges - self.refunded


@dataclass(frozen=True, slots=True)
class RevenueLine:
    """One line of the report: `key` is an id or the month's first day; None: no department."""

    key: int | date | None
    label: str
    figures: Figures


def revenue_report(
    provider: Provider, *, since: datetime, until: datetime, group_by: GroupBy
) -> list[RevenueLine]:
    """Return the lines of the report from `since` to `until`, that moment not included.

    Months are the provider's; they come in order of time, other lines by name. One query.
    """
    rows = LedgerEntry.objects.filter(
        provider=provider, created_at__gte=since, created_at__lt=until
    ).order_by()
    key, label = _grouping(group_by, provider)
    grouped = rows.annotate(key=key, label=label).values_list("key", "label").annotate(**_SUMS)
    return [
        RevenueLine(
            key.date() if isinstance(key, datetime) else key,
            label if isinstance(label, str) else "",
            Figures(*figures),
        )
        for key, label, *figures in grouped.order_by("label", "key")
    ]


def total(lines: list[RevenueLine]) -> Figures:
    """Return the sum of all lines."""
    columns = zip(*(astuple(line.figures) for line in lines), strict=True)
    return Figures(*(sum(column) for column in columns))


def revenue_csv_rows(lines: list[RevenueLine], group_by: GroupBy) -> Iterator[list[Value]]:
    """Return the heading and rows of a CSV file, for shared.csv_cells.csv_lines."""
    yield [
        str(group_by.label),
        _("Tickets sold"),
        _("Tickets given"),
        _("Tickets used"),
        _("Tickets lapsed"),
        _("Tickets returned"),
        _("Packages"),
        _("Paid tickets"),
        _("Charges"),
        _("Refunded"),
        _("Top-ups"),
        _("Earned"),
    ]
    for line in lines:
        name = line.key.strftime("%Y-%m") if isinstance(line.key, date) else line.label
        figures = line.figures
        yield [name, *(getattr(figures, field) for field in _SUMS), figures.earned]


def _grouping(group_by: GroupBy, provider: Provider) -> tuple[Expression | F, Expression | F]:
    if group_by == GroupBy.MONTH:
        month = TruncMonth("created_at", tzinfo=ZoneInfo(provider.time_zone))
        return month, month
    return F(f"{group_by}_id"), F(f"{group_by}__name")


def _units(*kinds: str, of: tuple[str, ...] = (), sign: int = 1) -> Expression:
    """Sum the tickets of rows of these kinds, and of rows that reverse one of the kinds `of`."""
    return Coalesce(sign * Sum("units", filter=_rows(kinds, of)), 0)


def _money(*kinds: str, of: tuple[str, ...] = (), sign: int = 1) -> Expression:
    return Coalesce(sign * Sum("amount", filter=_rows(kinds, of)), ZERO)


def _rows(kinds: tuple[str, ...], of: tuple[str, ...]) -> Q:
    return Q(kind__in=kinds) | Q(reverses__kind__in=of) if of else Q(kind__in=kinds)


_GIVEN = tuple(str(kind) for kind in GIVES_TICKETS)
_SUMS = {
    "units_sold": _units(EntryKind.PACKAGE, of=(EntryKind.PACKAGE,)),
    "units_given": _units(*_GIVEN, of=_GIVEN),
    "units_spent": _units(EntryKind.SPEND, sign=-1),
    "units_lapsed": _units(EntryKind.LAPSE, sign=-1),
    "units_returned": _units(of=(EntryKind.SPEND,)),
    "packages": _money(EntryKind.PACKAGE, sign=-1),
    "tickets": _money(EntryKind.PRICE, sign=-1),
    "charges": _money(EntryKind.CHARGE, sign=-1),
    "refunded": _money(EntryKind.REFUND),
    "topped_up": _money(EntryKind.TOP_UP, of=(EntryKind.TOP_UP,)),
}
