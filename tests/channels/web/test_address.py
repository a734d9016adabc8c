"""Whose address counts: as many proxies are believed as there are."""

import pytest
from django.test import RequestFactory

from frontdesk.channels.web.address import client_address


def address_of(forwarded: str, remote: str = "10.0.0.1") -> str | None:
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    return client_address(RequestFactory().get("/", headers=headers, REMOTE_ADDR=remote))


def test_without_a_proxy_a_claimed_address_is_ignored(settings) -> None:
    settings.TRUSTED_PROXIES = 0

    assert address_of("203.0.113.7") == "10.0.0.1"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (1, "198.51.100.9", "198.51.100.9"),
        (1, "1.1.1.1, 198.51.100.9", "198.51.100.9"),
        (2, "1.1.1.1, 198.51.100.9, 10.0.0.2", "198.51.100.9"),
        (2, "198.51.100.9", "10.0.0.1"),
        (1, "", "10.0.0.1"),
        (1, "nonsense", None),
        (1, "2001:DB8::1", "2001:db8::1"),
    ],
)
def test_only_our_own_proxies_are_believed(settings, proxies, forwarded, expected) -> None:
    settings.TRUSTED_PROXIES = proxies

    assert address_of(forwarded) == expected
