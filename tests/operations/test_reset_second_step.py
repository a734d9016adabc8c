"""Who has lost his phone comes in again by the operator's hand, and nobody stays in meanwhile."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from frontdesk.operations.reset_second_step import reset_second_step
from frontdesk.operations.terminal import Refusal
from tests.channels.web.sign_in.people import sign_in, with_password
from tests.people import House


def test_the_second_step_is_gone_and_so_are_the_sessions(house: House) -> None:
    client = Client()
    sign_in(client, with_password(house.sam).email)
    client.get("/northhost/desk/")
    Authenticator.objects.create(user=house.sam, type=Authenticator.Type.TOTP, data={})
    Authenticator.objects.create(user=house.sam, type=Authenticator.Type.RECOVERY_CODES, data={})

    removed = reset_second_step(house.sam.email.upper())

    assert removed == 2
    assert not Authenticator.objects.filter(user=house.sam).exists()
    assert client.get("/northhost/desk/").status_code == 302


def test_others_keep_theirs(house: House) -> None:
    Authenticator.objects.create(user=house.alice, type=Authenticator.Type.TOTP, data={})

    assert reset_second_step(house.sam.email) == 0
    assert Authenticator.objects.filter(user=house.alice).exists()


def test_an_address_that_nobody_has_is_refused_in_words(house: House) -> None:
    with pytest.raises(Refusal, match="nobody signs in as"):
        reset_second_step("nobody@client.example")
