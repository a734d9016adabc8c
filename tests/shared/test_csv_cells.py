"""A CSV file holds no cell that a spreadsheet would run."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.shared.csv_cells import csv_cell, csv_lines


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", "=cmd|'/c calc'!A1"],
)
def test_text_that_begins_like_a_formula_gets_a_quote(text):
    assert csv_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Alice", "a=b", "'=1", "5 - 3", "Привет", "🦊"])
def test_other_text_stays_as_it_is(text):
    assert csv_cell(text) == text


def test_numbers_stay_numbers_and_nothing_is_an_empty_cell():
    assert [csv_cell(value) for value in (Decimal("-5.00"), -1, 0, None)] == [
        "-5.00",
        "-1",
        "0",
        "",
    ]


def test_lines_are_quoted_where_a_cell_holds_a_comma_a_quote_or_a_line_end():
    assert list(csv_lines([["a,b", 'say "x"'], ["two\nlines", None]])) == [
        '"a,b","say ""x"""\r\n',
        '"two\nlines",\r\n',
    ]


@given(st.text())
def test_no_text_leaves_as_a_formula(text):
    assert not csv_cell(text).lstrip().startswith(("=", "+", "-", "@"))
