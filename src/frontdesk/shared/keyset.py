"""Pages of a list by the keys of its rows: a page costs the same wherever it lies in the list."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Any, Generic, Protocol, TypeVar

from django.db.models import Model, Q, QuerySet


class Placed(Protocol):
    """A row with an id; the field that its list is ordered by goes by the list's order."""

    @property
    def pk(self) -> Any:
        """The row's id."""


Row = TypeVar("Row", bound=Placed)
Record = TypeVar("Record", bound=Model)

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

    def apply(
        self, rows: QuerySet[Record, Any], *, backwards: bool = False
    ) -> QuerySet[Record, Any]:
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

    def key_of(self, row: Placed) -> Key:
        """Return where this row stands in the list."""
        return Key(getattr(row, self.field), row.pk)


class Way(Enum):
    """Which page of a list is asked for."""

    FIRST = "first"
    ON = "on"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Rows of one page, and the keys from which the neighbouring pages go on; empty: no such."""

    rows: list[Row]
    after: str
    before: str


def page_of(
    rows: QuerySet[Record, Any], order: Order, *, after: str = "", before: str = "", size: int = 50
) -> Page[Record]:
    """Return the page that follows the key `after`, or that precedes `before`; else the first."""
    way, key = way_of(after, before)
    if key:
        rows = rows.filter(order.beyond(key, backwards=way is Way.BACK))
    found = order.apply(rows, backwards=way is Way.BACK)[: size + 1]
    return page_from(list(found), order, way, size=size)


def way_of(after: str, before: str) -> tuple[Way, Key | None]:
    """Return the way that an address asks to go, and the key it goes on from."""
    if key := Key.parse(before):
        return Way.BACK, key
    if key := Key.parse(after):
        return Way.ON, key
    return Way.FIRST, None


def page_from(found: list[Row], order: Order, way: Way, *, size: int = 50) -> Page[Row]:
    """Return the page of what was found that way, where one row too many was looked for."""
    shown, has_more = found[:size], len(found) > size
    if way is Way.BACK:
        return _page(shown[::-1], order, has_more_after=bool(shown), has_more_before=has_more)
    return _page(shown, order, has_more_after=has_more, has_more_before=way is Way.ON)


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
