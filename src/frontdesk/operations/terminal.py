"""What the commands say on the terminal; logs go another way."""

import sys


class Refusal(Exception):
    """A command cannot do what it was asked; the text says why and what to do. Exit code 1."""


def say(text: str = "") -> None:
    """Write a line for the person at the terminal."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def complain(text: str) -> None:
    """Write a line about what went wrong."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()
