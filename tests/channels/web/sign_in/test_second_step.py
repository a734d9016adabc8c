"""The second step: an app's code, recovery codes; secrets sealed; asked again when it matters."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from frontdesk.accounts.models import User
from tests.channels.web.sign_in.people import PASSWORD, make_sign_in_old, sign_in, signed_in
from tests.people import House


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def connect_app(client: Client) -> str:
    """Connect an app and return its secret."""
    secret = client.get("/security/app/").context_data["form"].secret
    response = client.post("/security/app/", {"code": code_of(secret)})
    assert response.status_code == 302
    return secret


@pytest.fixture
def guarded(house: House) -> tuple[User, str]:
    """Alice with an app, and the app's secret."""
    return house.alice, connect_app(signed_in(house.alice))


def test_the_password_alone_lets_nobody_in(guarded) -> None:
    user, _secret = guarded
    client = Client()

    response = sign_in(client, user.email, next="/northhost/tickets/")

    assert response.headers["Location"] == "/sign-in/code/"
    assert client.get("/security/").status_code == 302


def test_the_apps_code_lets_in_and_leads_on(guarded) -> None:
    user, secret = guarded
    client = Client()
    sign_in(client, user.email, next="/northhost/tickets/")

    response = client.post("/sign-in/code/", {"code": code_of(secret)})

    assert response.headers["Location"] == "/northhost/tickets/"


def test_a_wrong_code_is_asked_for_again(guarded) -> None:
    user, _secret = guarded
    client = Client()
    sign_in(client, user.email)

    response = client.post("/sign-in/code/", {"code": "12345x"})

    assert response.status_code == 422
    assert "This code is wrong or no longer valid." in response.content.decode()


def test_codes_cannot_be_guessed_for_long(guarded) -> None:
    user, secret = guarded
    client = Client()
    sign_in(client, user.email)
    for _ in range(10):
        client.post("/sign-in/code/", {"code": "12345x"})

    response = client.post("/sign-in/code/", {"code": code_of(secret)})

    assert response.status_code == 422
    assert "Too many wrong tries." in response.content.decode()


def test_a_recovery_code_lets_in_once(guarded) -> None:
    user, _secret = guarded
    codes = Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES).wrap()
    code = codes.get_unused_codes()[0]

    answers = []
    for _ in range(2):
        client = Client()
        sign_in(client, user.email)
        answers.append(client.post("/sign-in/code/", {"code": code}).status_code)

    assert answers == [302, 422]


def test_secrets_are_sealed_in_the_database(guarded) -> None:
    user, secret = guarded

    rows = Authenticator.objects.filter(user=user)

    assert {row.type for row in rows} == {"totp", "recovery_codes"}
    assert all(secret not in str(row.data) for row in rows)


def test_without_the_key_no_code_is_right(guarded, settings) -> None:
    user, _secret = guarded
    settings.SECRET_KEY = "another key"
    app = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP).wrap()

    assert not app.validate_code(code_of(""))


def test_an_old_sign_in_is_asked_for_the_password_before_a_change(house: House) -> None:
    client = signed_in(house.alice)
    make_sign_in_old(client)

    asked = client.get("/security/app/")
    confirmed = client.post(asked.headers["Location"], {"password": PASSWORD})

    assert asked.headers["Location"].startswith("/security/confirm/?next=")
    assert confirmed.headers["Location"] == "/security/app/"
    assert client.get("/security/app/").status_code == 200


def test_the_wrong_password_confirms_nothing(house: House) -> None:
    client = signed_in(house.alice)
    make_sign_in_old(client)

    response = client.post("/security/confirm/?next=/security/app/", {"password": "wrong"})

    assert response.status_code == 422
    assert client.get("/security/app/").status_code == 302


def test_the_app_is_disconnected_by_a_post(guarded) -> None:
    user, secret = guarded
    client = Client()
    sign_in(client, user.email)
    client.post("/sign-in/code/", {"code": code_of(secret)})

    asked = client.get("/security/app/off/")
    client.post("/security/app/off/")

    assert "Disconnect the authenticator app?" in asked.content.decode()
    assert not Authenticator.objects.filter(user=user).exists()


def test_the_qr_code_is_drawn_without_style(house: House) -> None:
    html = signed_in(house.alice).get("/security/app/").content.decode()

    assert "<svg" in html.split('class="qr"')[1]
    assert "style=" not in html


def test_who_has_no_way_to_confirm_is_led_home(house: House) -> None:
    client = Client()
    client.force_login(house.alice)

    assert client.get("/security/confirm/").headers["Location"] == "/"


def test_there_is_no_second_step_without_the_first(db: None) -> None:
    assert Client().get("/sign-in/code/").headers["Location"] == "/sign-in/"
