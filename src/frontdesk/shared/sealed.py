"""Keeps secrets unreadable in the database: the key stays outside of it."""

import base64
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class Unreadable(Exception):
    """The secret was sealed with another SECRET_KEY: it has to be entered again."""


def seal(secret: str) -> str:
    """Return the secret as it may stand in the database."""
    return _box(settings.SECRET_KEY).encrypt(secret.encode()).decode()


def unseal(sealed: str) -> str:
    """Return the secret. Raises Unreadable when the key has changed meanwhile."""
    try:
        return _box(settings.SECRET_KEY).decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise Unreadable from None


@lru_cache(maxsize=4)
def _box(secret_key: str) -> Fernet:
    derived = HKDF(SHA256(), length=32, salt=None, info=b"frontdesk sealed secrets")
    return Fernet(base64.urlsafe_b64encode(derived.derive(secret_key.encode())))
