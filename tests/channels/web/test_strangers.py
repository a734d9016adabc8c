"""Every address, visited by everybody who has no business there."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from frontdesk.support.actions.open_ticket import TicketRequest, open_ticket
from frontdesk.support.models import Attachment, Upload
from tests.channels.web.audiences import Scene
from tests.channels.web.strangers import RULES
from tests.factories import PNG, a_file, new_key
from tests.people import House, as_client

# Addresses that have doors of their own kind, each with its own tests: bearer tokens, the
# pages of operators, what Telegram's servers call.
OTHER_DOORS = ("api",)
OTHER_NAMES = {"healthz", "readyz", "metrics", "telegram_webhook"}


def names_of(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    """Yield the name of each address below the resolver."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            if entry.namespace and entry.namespace.startswith(OTHER_DOORS):
                continue
            yield from names_of(entry, entry.namespace or namespace)
        elif isinstance(entry, URLPattern):
            assert entry.name, f"{entry.pattern} has no name"
            yield entry.name


@pytest.fixture
def scene(house: House) -> Scene:
    key, waiting = new_key(), new_key()
    alice = as_client(house.alice)
    a_file(alice, key, PNG, "graph.png")
    request = TicketRequest(text="The shop is slow.", department_id=house.technical.pk)
    ticket = open_ticket(by=alice, request=request, key=key)
    a_file(alice, waiting)
    return Scene(house, ticket, Attachment.objects.get(), Upload.objects.get())


def visit(scene: Scene, name: str, person: str):
    rule, client = RULES[name], Client()
    if person != "anonymous":
        client.force_login(getattr(scene.house, person))
    address = reverse(name, args=rule.arguments(scene))
    response = getattr(client, rule.method)(address, dict(rule.form))
    if response.streaming:
        response.close()
    return response


def test_every_address_says_who_may_come() -> None:
    named = set(names_of(get_resolver())) - OTHER_NAMES

    assert named - set(RULES) == set()
    assert set(RULES) - named == set()


@pytest.mark.parametrize(
    ("name", "person"),
    [(name, person) for name, rule in RULES.items() for person in rule.who.strangers],
)
def test_a_stranger_finds_no_page(scene: Scene, name: str, person: str) -> None:
    response = visit(scene, name, person)

    if person == "anonymous":
        assert response.status_code == 302
        assert response.headers["Location"].startswith("/sign-in/?next=")
    else:
        assert response.status_code == 404
        assert scene.ticket.subject not in response.content.decode()


@pytest.mark.parametrize(
    ("name", "person"),
    [(name, person) for name, rule in RULES.items() for person in rule.who.guests],
)
def test_a_guest_is_let_in(scene: Scene, name: str, person: str) -> None:
    response = visit(scene, name, person)

    assert response.status_code not in {401, 403, 404, 500}
    assert not response.headers.get("Location", "").startswith("/sign-in/?")
