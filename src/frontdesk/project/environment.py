"""Typed reading of environment variables, loud on a bad value."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

TRUE_WORDS = frozenset({"1", "true", "yes", "on"})
FALSE_WORDS = frozenset({"", "0", "false", "no", "off"})


def env_text(name: str, default: str = "") -> str:
    """Return the variable's text, stripped; `default` when it is not set."""
    return os.environ.get(name, default).strip()


def env_bool(name: str, *, default: bool = False) -> bool:
    """Return the variable as a truth value.

    Raises ImproperlyConfigured for any word other than the usual ones.
    """
    if name not in os.environ:
        return default
    word = os.environ[name].strip().lower()
    if word in TRUE_WORDS:
        return True
    if word in FALSE_WORDS:
        return False
    raise ImproperlyConfigured(f"{name}={word!r} is neither yes nor no.")


def env_int(name: str, default: int) -> int:
    """Return the variable as a whole number.

    Raises ImproperlyConfigured when it is not one.
    """
    text = env_text(name, str(default))
    try:
        return int(text)
    except ValueError:
        raise ImproperlyConfigured(f"{name}={text!r} is not a whole number.") from None


def env_secret(name: str) -> str:
    """Return a secret from `NAME`, or from the file that `NAME_FILE` names.

    Raises ImproperlyConfigured when the file cannot be read.
    """
    if text := env_text(name):
        return text
    file_name = env_text(f"{name}_FILE")
    if not file_name:
        return ""
    try:
        return Path(file_name).read_text().strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{name}_FILE: {error.strerror}: {file_name}") from None


def env_list(name: str) -> list[str]:
    """Return the variable's comma-separated words."""
    return [word.strip() for word in env_text(name).split(",") if word.strip()]


def both_names(origin: str) -> list[str]:
    """Return an origin, and of this machine's its other name: each has its own cookies."""
    names = {origin, origin.replace("//localhost", "//127.0.0.1")}
    return sorted(names) if origin else []
