"""What is too large is refused before it is read whole, in words."""

import pytest
from django.conf import settings
from django.test import Client

from frontdesk.support.models import Ticket
from tests.people import House

ADDRESS = "/northhost/tickets/new/"


@pytest.fixture
def alice(house: House) -> Client:
    client = Client()
    client.force_login(house.alice)
    return client


def test_a_form_with_too_many_fields_is_refused(alice: Client) -> None:
    fields = {f"field-{n}": "x" for n in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)}

    response = alice.post(ADDRESS, fields)

    assert response.status_code == 400
    assert b"<h1" in response.content
    assert not Ticket.objects.exists()


def test_a_form_of_too_many_bytes_is_refused(alice: Client) -> None:
    text = "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)

    response = alice.post(ADDRESS, {"message": text})

    assert response.status_code in {400, 413}
    assert b"<h1" in response.content
    assert not Ticket.objects.exists()
