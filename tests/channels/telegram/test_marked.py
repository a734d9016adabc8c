"""Long messages are cut between words, with every mark intact and no word lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from frontdesk.channels.telegram.marked import Marked, cut, split, units
from frontdesk.channels.telegram.rendering import telegram_html
from frontdesk.operations.demo.telegram.markup import parse_html, utf16_length

LETTERS = some.text("abc é😀&<>\"'\n \t*_`-[]()#1.>~", max_size=400)


@given(LETTERS, some.integers(12, 80))
def test_pieces_are_valid_within_the_limit_and_lose_no_word(text, most):
    html = telegram_html(text)

    pieces = [parse_html(piece)[0] for piece in split(html, most)]

    assert all(0 < utf16_length(piece) <= most for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(parse_html(html)[0].split())


@given(LETTERS)
def test_rendered_messages_are_what_telegram_can_parse(text):
    html = telegram_html(text)

    assert Marked.parse(html).text == parse_html(html)[0]


@given(LETTERS, some.integers(12, 80))
def test_marks_stay_on_the_same_letters(text, most):
    html = f"<b>{telegram_html(text)}</b>"

    marked = [Marked.parse(piece) for piece in split(html, most)]

    assert all(run.tags[0] == "<b>" for piece in marked for run in piece.runs)


def test_a_cut_falls_between_words():
    assert split("one two three four", 9) == ["one two", "three", "four"]


def test_a_cut_prefers_the_end_of_a_line():
    assert split("one two\nthree four", 13) == ["one two", "three four"]


def test_a_symbol_of_two_units_is_never_broken():
    pieces = split("😀" * 30, 13)

    assert "".join(pieces) == "😀" * 30
    assert max(map(units, pieces)) <= 13


def test_cut_tells_whether_something_was_left_out():
    assert cut("one two", 100) == ("one two", False)
    assert cut("one two", 4) == ("one", True)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**bold** *it* `code`", "<b>bold</b> <i>it</i> <code>code</code>"),
        ("1 < 2 & <b>no</b>", "1 &lt; 2 &amp; &lt;b&gt;no&lt;/b&gt;"),
        ("- one\n- two", "• one\n• two"),
        ("first\n\nsecond\nline", "first\n\nsecond\nline"),
        ("> said\n\nmine", "<blockquote>said</blockquote>\n\nmine"),
        ("```\nls  -l\n```", "<pre><code>ls  -l</code></pre>"),
        ("[page](https://a.example/?x=1&y=2)", '<a href="https://a.example/?x=1&amp;y=2">page</a>'),
        ("[bad](javascript:alert(1))", "[bad](javascript:alert(1))"),
    ],
)
def test_markdown_becomes_telegrams_own_marks(text, html):
    assert telegram_html(text) == html
