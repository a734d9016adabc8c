"""The token that each form carries, so that no other site can send one in a person's name."""

import secrets

from django.http import HttpRequest
from django.middleware.csrf import CSRF_ALLOWED_CHARS as SIGNS
from django.middleware.csrf import get_token

# For each sign, those that it becomes when it is moved by 0, 1, 2 ... places.
MOVED = {sign: SIGNS[place:] + SIGNS[:place] for place, sign in enumerate(SIGNS)}


def form_token(request: HttpRequest) -> str:
    """Return a token for this answer's forms, as Django checks it.

    Django's own asks the system for randomness once a sign, and sends the cookie again with each
    page to make it last a year more. Ours is renewed by each sign-in, which lasts two weeks.
    """
    secret = request.META.get("CSRF_COOKIE")
    return masked(secret) if secret else get_token(request)


def masked(secret: str) -> str:
    """Return the secret in another disguise each time: a mask, and the secret moved by it."""
    # Of 65,536 numbers, so that no sign of the mask is likelier than another by more than 0.1 %.
    numbers = memoryview(secrets.token_bytes(2 * len(secret))).cast("H")
    places = [number % len(SIGNS) for number in numbers]
    moved = [MOVED[sign][place] for sign, place in zip(secret, places, strict=True)]
    return "".join([SIGNS[place] for place in places] + moved)
