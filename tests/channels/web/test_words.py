"""Sizes, initials, and a sentence for each refusal."""

import inspect

import pytest

from frontdesk.channels.web.refusals import file_words, words_for
from frontdesk.channels.web.words import file_size, hue_class, initials
from frontdesk.support import errors
from frontdesk.support.errors import FileRefused


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 bytes"),
        (1023, "1023 bytes"),
        (86_016, "84 KB"),
        (1_258_291, "1.2 MB"),
        (25 * 1024**2, "25 MB"),
        (2 * 1024**2, "2 MB"),
        (1024**3 - 1, "1024 MB"),
        (1024**3, "1 GB"),
        (10 * 1024**3, "10 GB"),
    ],
)
def test_sizes_have_units(size: int, words: str) -> None:
    assert file_size(size) == words


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Alice Baker", "AB"), ("Bob", "B"), ("Ana Maria de Souza", "AS"), ("", "")],
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_a_person_has_the_same_colour_everywhere() -> None:
    assert hue_class(17) == hue_class(17)
    assert len({hue_class(person) for person in range(12)}) == 12


def test_each_reason_to_refuse_a_file_has_its_own_sentence() -> None:
    reasons = [FileRefused.TOO_LARGE, FileRefused.TOO_MANY, FileRefused.PROGRAM]
    reasons += [FileRefused.EMPTY, FileRefused.TOO_MUCH]

    sentences = {
        file_words(FileRefused(name="a.log", reason=reason, size=31 * 1024**2, limit=25 * 1024**2))
        for reason in reasons
    }

    assert len(sentences) == len(reasons)
    assert all("a.log" in sentence for sentence in sentences)


def test_no_refusal_shows_its_code_to_people() -> None:
    plain = [
        error
        for _name, error in inspect.getmembers(errors, inspect.isclass)
        if issubclass(error, errors.Refused) and "__init__" not in vars(error)
    ]

    for error in plain:
        assert words_for(error()).endswith(".")
        assert error.__name__ not in words_for(error())
