"""A list of services is read as people's spreadsheets write it, or refused in one piece."""

import pytest

from frontdesk.support.service_file import MOST_BYTES, BadServiceFile, read_services

HEADER = "account_id,service_id,name,expires_on\n"


def refused(content: bytes) -> str:
    with pytest.raises(BadServiceFile) as caught:
        read_services(content)
    return caught.value.reason


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_each_usual_separator_is_read(separator: str) -> None:
    text = "account_id,service_id,name\nA-1,s-1,Shop\n".replace(",", separator)

    (row,) = read_services(text.encode())

    assert row.cells == {"account_id": "A-1", "service_id": "s-1", "name": "Shop"}


def test_a_mark_of_byte_order_and_windows_line_ends_do_no_harm() -> None:
    rows = read_services(b"\xef\xbb\xbf" + (HEADER + "A,s,n,\n").replace("\n", "\r\n").encode())

    assert [row.cells["service_id"] for row in rows] == ["s"]


def test_a_row_knows_its_line_after_blank_lines_and_cells_of_two_lines() -> None:
    rows = read_services((HEADER + 'A,s-1,"two\nlines",\n\nA,s-2,n,\n').encode())

    assert [row.line for row in rows] == [2, 5]


def test_empty_cells_behind_the_last_column_are_no_cells() -> None:
    (row,) = read_services((HEADER.strip() + ",,\nA,s,n,,,\n").encode())

    assert row.width == 0


def test_a_row_of_another_width_says_so() -> None:
    (row,) = read_services((HEADER + "A,s,n\n").encode())

    assert row.width == 3


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", BadServiceFile.EMPTY),
        (HEADER.encode(), BadServiceFile.EMPTY),
        (HEADER.encode("utf-16"), BadServiceFile.NOT_UTF8),
        ("account_id,service_id,name\nA,s,ж".encode("cp1251"), BadServiceFile.NOT_UTF8),
        (b"account_id,service_id\nA,s\n", BadServiceFile.COLUMN_MISSING),
        (b"account_id,service_id,name,expires\nA,s,n,\n", BadServiceFile.COLUMN_UNKNOWN),
        (b"account_id,service_id,name,name\nA,s,n,n\n", BadServiceFile.COLUMN_TWICE),
        (HEADER.encode() + b'A,s,"open,\n', BadServiceFile.BROKEN),
        (b"x" * (MOST_BYTES + 1), BadServiceFile.TOO_LARGE),
        ((HEADER + "A,s,n,\n" * 10_001).encode(), BadServiceFile.TOO_MANY_ROWS),
    ],
)
def test_what_cannot_be_read_is_refused_by_its_reason(content: bytes, reason: str) -> None:
    assert refused(content) == reason
