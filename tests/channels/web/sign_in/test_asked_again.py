"""What gives others power asks for the password once more, if the sign-in is old."""

import pytest
from django.test import Client

from frontdesk.accounts.models import ApiToken, Staff
from tests.channels.web.sign_in.people import make_sign_in_old, signed_in
from tests.people import House

POWERS = ["tokens/", "staff/new/", "security/"]


@pytest.fixture
def old(house: House) -> Client:
    client = signed_in(house.ada)
    make_sign_in_old(client)
    return client


@pytest.mark.parametrize("address", POWERS)
def test_an_old_sign_in_changes_nothing_before_the_password(old: Client, address: str) -> None:
    tokens, staff = ApiToken.objects.count(), Staff.objects.count()
    typed = {"name": "Zoe", "email": "zoe@northhost.example", "role": "agent", "max_account": "5"}

    response = old.post(f"/northhost/settings/{address}", typed)

    assert response.headers["Location"].startswith("/security/confirm/")
    assert (ApiToken.objects.count(), Staff.objects.count()) == (tokens, staff)


def test_a_role_is_not_changed_by_an_old_sign_in(house: House, old: Client) -> None:
    sam = Staff.objects.get(user=house.sam, provider=house.north)

    response = old.post(f"/northhost/settings/staff/{sam.pk}/", {"role": "administrator"})

    assert response.headers["Location"].startswith("/security/confirm/")
    assert Staff.objects.get(pk=sam.pk).role == sam.role
