"""The bot speaks Russian whole: every sentence, every button, with the same facts in it."""

import re

import pytest
from django.utils import translation

from frontdesk.channels.telegram.steps import texts

SAME_IN_BOTH = {"HEADING"}
PLACEHOLDER = re.compile(r"%\((\w+)\)[ds]")
COUNTS = (1, 2, 5, 21)
VALUES = {"count": 1, "files": 1, "most": 5, "names": "«a»", "number": 1042}
COUNTED = ("ADDED", "TOO_MANY_FILES", "TOO_FAST", "CLOSED_AND_KEPT")

SENTENCES = {
    name: value
    for name, value in vars(texts).items()
    if name.isupper() and name != "COMMANDS" and name not in SAME_IN_BOTH
} | {f"COMMANDS {command}": about for command, about in texts.COMMANDS}


def in_language(code: str, words: object, count: int = 0) -> str:
    with translation.override(code):
        return str(words % (VALUES | {"count": count})) if count else str(words)


def is_plural(name: str) -> bool:
    return name in COUNTED


@pytest.mark.parametrize("name", sorted(name for name in SENTENCES if not is_plural(name)))
def test_sentence_is_translated_with_the_same_facts(name):
    english = in_language("en", SENTENCES[name])

    russian = in_language("ru", SENTENCES[name])

    assert russian != english
    assert re.search("[а-яё]", russian) or "%(account)s" in russian
    assert set(PLACEHOLDER.findall(russian)) == set(PLACEHOLDER.findall(english))
    assert re.findall(r"</?\w+>", russian) == re.findall(r"</?\w+>", english)


@pytest.mark.parametrize("name", COUNTED)
@pytest.mark.parametrize("count", COUNTS)
def test_counted_sentence_is_translated_in_every_form(name, count):
    russian = in_language("ru", SENTENCES[name], count)

    assert re.search("[а-яё]", russian)
    assert "%(" not in russian


def test_russian_counts_in_its_three_ways():
    said = [in_language("ru", texts.ADDED, count).split("(")[1].split(",")[0] for count in COUNTS]

    assert said == ["1 сообщение", "2 сообщения", "5 сообщений", "21 сообщение"]
