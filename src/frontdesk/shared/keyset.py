"""Pages of a list by the keys of its rows: a page costs the same wherever it lies in the list."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
# An id of PostgreSQL's bigint; what is longer in an address was made up.
MOST_DIGITS = 18


@dataclass(frozen=True, slots=True)
class Key:
    """Where a row stands: the moment the list is ordered by, then the row's id."""

    at: datetime
    id: int

    def __str__(self) -> str:
        return f"{(self.at - EPOCH) // MICROSECOND}-{self.id}"

    @classmethod
    def parse(cls, text: str) -> "Key | None":
        """Return the key that an address names; None for what is not one."""
        at, dash, row_id = text.partition("-")
        if not dash or not all(_is_number(part) for part in (at, row_id)):
            return None
        try:
            return cls(EPOCH + int(at) * MICROSECOND, int(row_id))
        except OverflowError:
            return None


@dataclass(frozen=True, slots=True)
class Order:
    """What a list is ordered by: a field of moments, then the id, both in one direction."""

    field: str
    is_newest_first: bool

    def apply(self, rows: QuerySet[Row, Any], *, backwards: bool = False) -> QuerySet[Row, Any]:
        """Return the rows in this order, or in the opposite one."""
        sign = "-" if self.is_newest_first != backwards else ""
        return rows.order_by(f"{sign}{self.field}", f"{sign}id")

    def beyond(self, key: Key, *, backwards: bool = False, with_key: bool = False) -> Q:
        """Return the condition for rows that come after the key, or before it."""
        way = "lt" if self.is_newest_first != backwards else "gt"
        same = "e" if with_key else ""
        # The first condition alone lets an index start at the right place.
        return Q(**{f"{self.field}__{way}e": key.at}) & (
            Q(**{f"{self.field}__{way}": key.at}) | Q(**{f"id__{way}{same}": key.id})
        )

    def key_of(self, row: Model) -> Key:
        """Return where this row stands in the list."""
        return Key(getattr(row, self.field), row.pk)


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Rows of one page, and the keys from which the neighbouring pages go on; empty: no such."""

    rows: list[Row]
    after: str
    before: str


def page_of(
    rows: QuerySet[Row, Any], order: Order, *, after: str = "", before: str = "", size: int = 50
) -> Page[Row]:
    """Return the page that follows the key `after`, or that precedes `before`; else the first."""
    if key := Key.parse(before):
        found = list(
            order.apply(rows.filter(order.beyond(key, backwards=True)), backwards=True)[: size + 1]
        )
        shown = found[:size][::-1]
        return _page(shown, order, has_more_after=bool(shown), has_more_before=len(found) > size)
    if key := Key.parse(after):
        rows = rows.filter(order.beyond(key))
    found = list(order.apply(rows)[: size + 1])
    return _page(
        found[:size], order, has_more_after=len(found) > size, has_more_before=key is not None
    )


def _page(
    shown: list[Row], order: Order, *, has_more_after: bool, has_more_before: bool
) -> Page[Row]:
    if not shown:
        return Page([], "", "")
    return Page(
        shown,
        after=str(order.key_of(shown[-1])) if has_more_after else "",
        before=str(order.key_of(shown[0])) if has_more_before else "",
    )


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
