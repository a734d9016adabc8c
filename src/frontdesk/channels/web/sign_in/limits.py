"""How often one may try to sign in: guessing is slowed down, the owner is never locked out.

A stranger who guesses uses up the tries of his own address, and at most those that strangers
have in all. A browser in which the owner has signed in before has tries of its own.
"""

import hashlib
import ipaddress
import secrets

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse

from frontdesk.channels.web.address import client_address
from frontdesk.shared.rate_limit import Rate, count_hit, take_back

TRIES_OF_ADDRESS = Rate("sign-in", most=120, seconds=60)
WRONG_OF_ADDRESS = Rate("wrong", most=60, seconds=60)
WRONG_FROM_ADDRESS = Rate("wrong-here", most=10, seconds=300)
WRONG_OF_STRANGERS = Rate("wrong-all", most=100, seconds=3600)
WRONG_OF_BROWSER = Rate("wrong-known", most=10, seconds=300)

KNOWN_BROWSER = f"{settings.COOKIE_PREFIX}browser"
KNOWN_FOR_SECONDS = 180 * 24 * 3600
signer = TimestampSigner(salt="frontdesk.known-browser")

Counted = list[tuple[Rate, str]]


def count_try(request: HttpRequest, email: str) -> Counted:
    """Count a try before the password is looked at; return what a right one gives back.

    Counting comes first, so that many guesses at once cannot slip through together.
    Raises TooFast.
    """
    if settings.BENCHMARK:
        return []
    address = _network(client_address(request))
    count_hit(TRIES_OF_ADDRESS, address)
    counted: Counted = []
    for rate, who in _what_a_wrong_one_costs(request, address, _name_of(email)):
        count_hit(rate, who)
        counted.append((rate, who))
    return counted


def forgive(counted: Counted) -> None:
    """Give the tries back: the password was right."""
    for rate, who in counted:
        take_back(rate, who)


def remember_browser(response: HttpResponse, email: str) -> None:
    """Mark the browser as one in which this person has signed in."""
    mark = f"{_name_of(email)}.{secrets.token_hex(8)}"
    response.set_cookie(
        KNOWN_BROWSER,
        signer.sign(mark),
        max_age=KNOWN_FOR_SECONDS,
        secure=settings.IS_HTTPS,
        httponly=True,
        samesite="Lax",
    )


def _what_a_wrong_one_costs(request: HttpRequest, address: str, name: str) -> Counted:
    if mark := _mark_of_browser(request, name):
        return [(WRONG_OF_ADDRESS, address), (WRONG_OF_BROWSER, mark)]
    return [
        (WRONG_OF_ADDRESS, address),
        (WRONG_FROM_ADDRESS, f"{name}.{address}"),
        (WRONG_OF_STRANGERS, name),
    ]


def _mark_of_browser(request: HttpRequest, name: str) -> str:
    """Return the browser's mark if it was given to this very person, else nothing."""
    try:
        mark = signer.unsign(request.COOKIES.get(KNOWN_BROWSER, ""), max_age=KNOWN_FOR_SECONDS)
    except BadSignature:
        return ""
    return mark if mark.startswith(f"{name}.") else ""


def _network(address: str | None) -> str:
    """Who has one IPv6 address has 2^64 of them: they count as one."""
    if address is None:
        return "unknown"
    if ipaddress.ip_address(address).version == 4:
        return address
    return str(ipaddress.ip_network(f"{address}/64", strict=False))


def _name_of(email: str) -> str:
    """Counters hold no addresses of people."""
    return hashlib.sha256(email.strip().lower().encode()).hexdigest()[:32]
