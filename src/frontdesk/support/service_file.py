"""Reads a list of services as a CSV file: its rows as text, or why it cannot be read.

What the rows mean is not known here; `service_plan` holds them against what is there.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from frontdesk.support.errors import Refused

MOST_ROWS = 10_000
MOST_BYTES = 4 * 1024 * 1024
# The columns; a file has them in any order, and may leave out what is optional.
NEEDED = ("account_id", "service_id", "name")
OPTIONAL = ("kind", "plan", "status", "expires_on")
COLUMNS = (*NEEDED, *OPTIONAL)
SEPARATORS = (",", ";", "\t")


class BadServiceFile(Refused):
    """The whole file cannot be read. `reason` is one of the codes below, `detail` what it names."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_MANY_ROWS = "too_many_rows"
    NOT_UTF8 = "not_utf8"
    BROKEN = "broken"
    COLUMN_MISSING = "column_missing"
    COLUMN_UNKNOWN = "column_unknown"
    COLUMN_TWICE = "column_twice"

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A row of the file: the line it begins at, and its cells by column without blank edges.

    `width` is how many cells it has where that is not as many as the header names.
    """

    line: int
    cells: dict[str, str]
    width: int = 0


def read_services(content: bytes) -> list[ServiceRow]:
    """Return the rows of the file, blank ones left out. Raises BadServiceFile."""
    if len(content) > MOST_BYTES:
        raise BadServiceFile(BadServiceFile.TOO_LARGE)
    lines = _lines(_decoded(content))
    try:
        header = next((cells for _line, cells in lines if any(cells)), None)
        if header is None:
            raise BadServiceFile(BadServiceFile.EMPTY)
        names = _checked_header(header)
        rows = [_row(line, cells, names) for line, cells in lines if any(cells)]
    except csv.Error as error:
        raise BadServiceFile(BadServiceFile.BROKEN, str(error)) from None
    if not rows:
        raise BadServiceFile(BadServiceFile.EMPTY)
    if len(rows) > MOST_ROWS:
        raise BadServiceFile(BadServiceFile.TOO_MANY_ROWS, str(len(rows)))
    return rows


def _decoded(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadServiceFile(BadServiceFile.NOT_UTF8) from None
    # Other encodings of Unicode have these at every second place.
    if "\0" in text:
        raise BadServiceFile(BadServiceFile.NOT_UTF8)
    return text


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with the line it begins at; the separator is the one the first line has."""
    first = text.lstrip().partition("\n")[0]
    separator = max(SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    begins = 1
    for cells in reader:
        yield begins, [cell.strip() for cell in cells]
        begins = reader.line_num + 1


def _checked_header(cells: list[str]) -> list[str]:
    names = [cell.lower() for cell in cells]
    while names and not names[-1]:
        names.pop()
    for name in names:
        if name not in COLUMNS:
            raise BadServiceFile(BadServiceFile.COLUMN_UNKNOWN, name[:60])
        if names.count(name) > 1:
            raise BadServiceFile(BadServiceFile.COLUMN_TWICE, name)
    for name in NEEDED:
        if name not in names:
            raise BadServiceFile(BadServiceFile.COLUMN_MISSING, name)
    return names


def _row(line: int, cells: list[str], names: list[str]) -> ServiceRow:
    # Spreadsheets add empty cells behind the last one.
    while len(cells) > len(names) and not cells[-1]:
        cells.pop()
    width = 0 if len(cells) == len(names) else len(cells)
    return ServiceRow(line, dict(zip(names, cells, strict=False)), width)
