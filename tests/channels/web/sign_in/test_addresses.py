"""Of the library's addresses only those exist that have a page of ours."""

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from tests.people import House

OFF = [
    "account_signup",
    "account_email",
    "account_confirm_email",
    "account_email_verification_sent",
    "account_set_password",
    "account_inactive",
    "account_request_login_code",
    "account_signup_by_passkey",
    "mfa_signup_webauthn",
    "mfa_trust",
    "socialaccount_signup",
    "socialaccount_connections",
]


@pytest.mark.parametrize("name", OFF)
def test_what_we_do_not_offer_has_no_address(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize(
    "path",
    ["/sign-up/", "/signup/", "/accounts/", "/accounts/login/", "/accounts/signup/", "/account/"],
)
def test_usual_places_of_a_sign_up_are_empty(house: House, path: str) -> None:
    client = Client()
    client.force_login(house.alice)

    assert client.get(path).status_code == 404
    assert client.post(path, {"email": "eve@evil.example"}).status_code == 404
