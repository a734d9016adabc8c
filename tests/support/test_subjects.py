"""The subject of a ticket is made from the first line that says something."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.support.models.ticket import SNIPPET_LENGTH, SUBJECT_LENGTH
from frontdesk.support.subjects import GREETINGS, is_visible, snippet_from, subject_from


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("My site is down", "My site is down"),
        ("\n\n \t \n\u200b\nMy site is down\nsince noon", "My site is down"),
        ("My site is down\r\nsince noon", "My site is down"),
        ("My   site\tis  down", "My site is down"),
        # A greeting is dropped only when something follows.
        ("Hello", "Hello"),
        ("Hello,\n\n  \n", "Hello,"),
        ("Hello,\nmy site is down", "my site is down"),
        ("Good morning!\n\nMy site is down", "My site is down"),
        ("**Hello!**\nMy site is down", "My site is down"),
        ("Здравствуйте!\nСайт не открывается", "Сайт не открывается"),
        ("Hello, my site is down", "Hello, my site is down"),
        ("Hello,\nHi,\nmy site is down", "Hi,"),
        # Marks of writing are not words.
        ("# My site", "My site"),
        ("> quoted", "quoted"),
        ("- first", "first"),
        ("1. first", "first"),
        ("**bold** and `code` and ~~gone~~", "bold and code and gone"),
        ("see [the log](https://a.example/x)", "see the log"),
        ("![picture](https://a.example/x.png) fails", "picture fails"),
        ("```\nTraceback\n```", "Traceback"),
        ("*soft* and _soft_", "soft and soft"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("snake_case_name", "snake_case_name"),
        ("-1 is not a list", "-1 is not a list"),
        # Any script, any symbol.
        ("🔥", "🔥"),
        ("👩\u200d💻 cannot sign in", "👩\u200d💻 cannot sign in"),
        ("مرحبا بالعالم", "مرحبا بالعالم"),
        ("服务器宕机", "服务器宕机"),
        # What cannot be seen, or turns the line round, is left out.
        ("a\x00b\x1bc", "abc"),
        ("pay \u202eoruE 5\u202c", "pay oruE 5"),
        ("half \ud800 a symbol", "half a symbol"),
    ],
)
def test_the_subject_is_the_first_line_that_says_something(text, subject):
    assert subject_from(text) == subject


@pytest.mark.parametrize(
    "text", ["", " \n\t\n", "\u200b\u200d", "\u2066\u2069", "```\n```", "\x00"]
)
def test_a_text_without_a_visible_symbol_has_no_subject(text):
    assert subject_from(text) == ""


def test_a_long_line_is_cut_between_words():
    subject = subject_from("word " * 2_000)

    assert subject == ("word " * 24).rstrip() + "…"
    assert len(subject) <= SUBJECT_LENGTH


def test_a_line_of_one_long_word_is_cut_anywhere():
    assert subject_from("x" * 10_000) == "x" * (SUBJECT_LENGTH - 1) + "…"


def test_a_line_that_just_fits_is_not_cut():
    assert subject_from("x" * SUBJECT_LENGTH) == "x" * SUBJECT_LENGTH


@pytest.mark.parametrize("greeting", sorted(GREETINGS))
def test_every_greeting_of_the_list_is_dropped(greeting):
    assert subject_from(f"{greeting.title()},\nThe question") == "The question"


@given(st.text(max_size=400))
def test_any_text_gives_one_short_visible_line(text):
    subject = subject_from(text)

    assert len(subject) <= SUBJECT_LENGTH
    assert len(subject.splitlines()) <= 1
    assert subject == subject.strip()
    assert not subject or any(map(is_visible, subject))


@given(st.text(max_size=400))
def test_a_text_with_a_subject_never_loses_it_to_a_greeting(text):
    assert subject_from("Hello,\n" + text) != ""


def test_the_snippet_is_the_beginning_in_one_line():
    assert snippet_from("# Hello\n\nthe **site** is\ndown") == "Hello the site is down"


@pytest.mark.parametrize(
    "text",
    [
        "`" * 60_000,
        "*" * 60_000,
        "_" * 60_000,
        "~" * 60_000,
        "[" * 60_000,
        "![" * 30_000,
        "**a" * 20_000,
        "[a](b" * 12_000,
        "> " * 30_000,
        " " * 60_000,
        "```" + " " * 60_000 + "x",
        "*a\n" * 20_000,
    ],
    ids=lambda text: text[:4].strip() or "blank",
)
def test_no_message_makes_the_rule_slow(text):
    began = time.process_time()

    subject_from(text)
    snippet = snippet_from(text)

    assert time.process_time() - began < 0.5
    assert len(snippet) <= SNIPPET_LENGTH
