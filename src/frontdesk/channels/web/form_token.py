"""The token that each form carries, so that no other site can send one in a person's name."""

import secrets

from django.http import HttpRequest
from django.middleware.csrf import CSRF_ALLOWED_CHARS as SIGNS
from django.middleware.csrf import get_token

SPREAD = 256  # bits; many more than the mask has, so that no sign of it is likelier than another
PLACES = {sign: place for place, sign in enumerate(SIGNS)}


def form_token(request: HttpRequest) -> str:
    """Return a token for this answer's forms, as Django checks it.

    Django's own asks the system for randomness once a sign, and sends the cookie again with each
    page to make it last a year more. Ours is renewed by each sign-in, which lasts two weeks.
    """
    secret = request.META.get("CSRF_COOKIE")
    return masked(secret) if secret else get_token(request)


def masked(secret: str) -> str:
    """Return the secret in another disguise each time: a mask, and the secret moved by it."""
    number, mask, moved = secrets.randbits(SPREAD), [], []
    for sign in secret:
        number, by = divmod(number, len(SIGNS))
        mask.append(SIGNS[by])
        moved.append(SIGNS[(PLACES[sign] + by) % len(SIGNS)])
    return "".join(mask + moved)
