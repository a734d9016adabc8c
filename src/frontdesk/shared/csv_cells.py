"""Cells of a CSV file that no spreadsheet mistakes for a formula."""

import csv
import io
from collections.abc import Iterable, Iterator
from decimal import Decimal

# Spreadsheets run a cell that begins so; some do after spaces, and for the full-width signs.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

Value = str | int | Decimal | None


def csv_cell(value: Value) -> str:
    """Return the value as a cell: text that begins like a formula gets a quote before it.

    Numbers stay numbers, negative ones too: a spreadsheet can do no harm with them.
    """
    if value is None:
        return ""
    if not isinstance(value, str):
        return str(value)
    is_formula = value.startswith(FORMULA_STARTS) or value.lstrip().startswith(FORMULA_STARTS)
    return f"'{value}" if is_formula else value


def csv_lines(rows: Iterable[Iterable[Value]]) -> Iterator[str]:
    """Return the lines of a CSV file, one at a time, so that a long one need not be in memory."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    for row in rows:
        writer.writerow([csv_cell(value) for value in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
