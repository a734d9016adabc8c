"""Sentences of hosting life, with a few words that are everywhere and many that are rare."""

import random
from dataclasses import dataclass
from itertools import accumulate

from frontdesk.support.search import words_of

COMMON = (
    "the server is not our site to and mail we for a domain on please in since error you it of"
    " customer with shop backup certificate address after password can database panel update"
    " this slow disk account invoice new page from has login connection restart support folder"
    " dns time hosting file change memory still again message user name today access old record"
    " limit service network month data working log wrong last check help nothing every code"
    " another reply test version transfer plugin full form request down yesterday traffic key"
).split()
SYLLABLES = "ba ke lo mi nu ra si to ve wa ze po du fi ga he jo ku la me ni or pi qua".split()
VOCABULARY = 6_000
SENTENCES = 20_000
# How steeply words become rare: the second word half as frequent as the first, and so on.
STEEPNESS = 1.0


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, and its words as search keeps them."""

    text: str
    words: str


class Phrasebook:
    """Enough ready sentences that messages differ, made once."""

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice
        words = [*COMMON, *_rare_words(dice, VOCABULARY - len(COMMON))]
        weights = list(accumulate(1 / (rank + 2) ** STEEPNESS for rank in range(len(words))))
        self.sentences = [self._sentence(words, weights) for _ in range(SENTENCES)]

    def _sentence(self, words: list[str], weights: list[float]) -> Sentence:
        chosen = self._dice.choices(words, cum_weights=weights, k=self._dice.randint(5, 14))
        text = " ".join(chosen).capitalize()[:110] + self._dice.choice(".?.")
        return Sentence(text, " ".join(words_of(text)))

    def some(self) -> list[Sentence]:
        """Return the sentences of one message."""
        return self._dice.choices(self.sentences, k=self._dice.choice((1, 2, 3, 4, 4, 5, 6, 9)))

    def host(self) -> str:
        """Return a name that hardly any other message holds."""
        return f"node{self._dice.getrandbits(40):x}"


def _rare_words(dice: random.Random, count: int) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < count:
        found["".join(dice.choices(SYLLABLES, k=dice.randint(2, 5)))] = None
    return list(found)
