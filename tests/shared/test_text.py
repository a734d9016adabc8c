"""What text the database can hold."""

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.shared.text import BIDI_CONTROLS, storable

ANY_TEXT = st.text(st.characters(categories=None), max_size=60)


@given(ANY_TEXT)
def test_storable_text_can_be_encoded_and_loses_nothing_else(text):
    kept = storable(text)

    kept.encode()
    assert kept == "".join(c for c in text if c != "\x00" and not "\ud800" <= c <= "\udfff")


@pytest.mark.parametrize("text", ["a\x00b", "\ud83d", "\udc00\ud800", "😀", "\u202e", "\x1b[31m"])
def test_postgresql_takes_what_is_storable(db, text):
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::text, to_jsonb(%s::text)", [storable(text)] * 2)

        assert cursor.fetchone()[0] == storable(text)


def test_marks_of_direction_that_scripts_need_are_no_overrides():
    assert not BIDI_CONTROLS.search("\u200e\u200f\u200c\u200d")
    assert BIDI_CONTROLS.search("\u202e")
