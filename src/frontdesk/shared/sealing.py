"""Seals secrets that must be stored: the key is not in the database, so a copy opens none."""

import base64
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class Unsealable(Exception):
    """The secret was sealed with another SECRET_KEY, or was changed since."""


def seal(secret: str) -> str:
    """Return the secret encrypted and signed, as text."""
    return _box(settings.SECRET_KEY).encrypt(secret.encode()).decode()


def unseal(sealed: str) -> str:
    """Return the secret that was sealed. Raises Unsealable."""
    try:
        return _box(settings.SECRET_KEY).decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise Unsealable from None


@lru_cache(maxsize=2)
def _box(key: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"frontdesk sealed secrets")
    return Fernet(base64.urlsafe_b64encode(derived.derive(key.encode())))
