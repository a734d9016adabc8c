"""The figures as a table."""

from collections.abc import Sequence
from dataclasses import dataclass

from frontdesk.operations.bench.cost import Cost
from frontdesk.operations.bench.measure import Pace

# Clients at once, beside one alone.
MANY = 8
HEAD = (
    "",
    "p50 ms, 1",
    "p50 ms, 8",
    "p95 ms, 8",
    "per s, 1",
    "per s, 8",
    "of floor",
    "cpu ms",
    "of floor",
    "queries",
    "database ms",
    "ours ms",
    "growth",
)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was measured, with 1 and 8 clients."""

    name: str
    alone: Pace
    together: Pace
    cost: Cost | None = None
    # Milliseconds of processor time that the servers and the database took for a request.
    processor: float | None = None
    # What part of the floor's pace it reaches, by the clock and by processor time.
    of_floor: float | None = None
    of_floor_processor: float | None = None
    # How p50 grew since the smallest size.
    growth: float | None = None

    def cells(self) -> tuple[str, ...]:
        """Return the line as text."""
        cost = self.cost
        return (
            self.name,
            f"{self.alone.p50:.1f}",
            f"{self.together.p50:.1f}",
            f"{self.together.p95:.1f}",
            f"{self.alone.rate:,.0f}",
            f"{self.together.rate:,.0f}",
            f"{self.of_floor:.2f}" if self.of_floor is not None else "",
            f"{self.processor:.1f}" if self.processor is not None else "",
            f"{self.of_floor_processor:.2f}" if self.of_floor_processor is not None else "",
            str(cost.queries) if cost else "",
            f"{cost.database:.1f}" if cost else "",
            f"{cost.ours:.1f}" if cost else "",
            f"{self.growth:.2f}x" if self.growth is not None else "",
        )


def as_text(lines: Sequence[Line]) -> str:
    """Return the lines under their head, in columns."""
    return "\n".join(columns([HEAD, *(line.cells() for line in lines)]))


def columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return rows of cells with the first to the left, the others to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            cell.ljust(width) if place == 0 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
