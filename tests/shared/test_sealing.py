"""Stored secrets open only with the key that is not in the database."""

import pytest

from frontdesk.shared.sealing import Unsealable, seal, unseal


def test_a_sealed_secret_opens_again() -> None:
    assert unseal(seal("a secret, ключ")) == "a secret, ключ"


def test_the_same_secret_looks_different_each_time() -> None:
    assert seal("secret") != seal("secret")


def test_another_key_opens_nothing(settings) -> None:
    sealed = seal("secret")
    settings.SECRET_KEY = "another key"

    with pytest.raises(Unsealable):
        unseal(sealed)


@pytest.mark.parametrize("text", ["", "secret", "gAAAAABmade-up"])
def test_what_was_not_sealed_opens_nothing(text: str) -> None:
    with pytest.raises(Unsealable):
        unseal(text)
