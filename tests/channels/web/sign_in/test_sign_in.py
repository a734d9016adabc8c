"""Sign-in: one sentence for every wrong pair, and only our own paths afterwards."""

from unittest.mock import patch

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from frontdesk.accounts.models import Provider
from tests.channels.web.sign_in.people import sign_in, signed_in, with_password
from tests.people import House

WRONG = "This e-mail and password do not match. Check both, or reset the password."


def test_the_right_pair_leads_to_where_one_wanted_to_go(house: House) -> None:
    with_password(house.alice)

    response = sign_in(Client(), "Alice@Client.example ", next="/northhost/tickets/")

    assert response.status_code == 302
    assert response.headers["Location"] == "/northhost/tickets/"


@pytest.mark.parametrize("email", ["alice@client.example", "nobody@client.example"])
def test_a_wrong_pair_gets_the_same_words_whoever_exists(house: House, email: str) -> None:
    with_password(house.alice)

    response = sign_in(Client(), email, "wrong")

    assert response.status_code == 422
    assert WRONG in response.content.decode()
    assert f'value="{email}"' in response.content.decode()
    assert "wrong" not in response.content.decode().split("<main")[1]


@pytest.mark.parametrize("email", ["alice@client.example", "nobody@client.example"])
def test_a_wrong_pair_costs_one_hash_whoever_exists(house: House, email: str) -> None:
    with_password(house.alice)
    hashes = []
    hash_, verify = Argon2PasswordHasher.encode, Argon2PasswordHasher.verify

    def note(plain):
        return lambda *args, **fields: hashes.append(1) or plain(*args, **fields)

    with (
        patch.object(Argon2PasswordHasher, "encode", note(hash_)),
        patch.object(Argon2PasswordHasher, "verify", note(verify)),
    ):
        sign_in(Client(), email, "wrong")

    assert len(hashes) == 1


@pytest.mark.parametrize(
    "target",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "evil"],
)
def test_only_own_paths_follow_a_sign_in(house: House, target: str) -> None:
    with_password(house.alice)

    response = sign_in(Client(), house.alice.email, next=target)

    assert response.headers["Location"] == "/"


def test_an_empty_form_says_what_is_missing_at_each_field(house: House) -> None:
    html = sign_in(Client(), "", "").content.decode()

    assert "Write your e-mail." in html
    assert "Write your password." in html
    assert 'aria-describedby="login-error"' in html


def test_who_was_switched_off_is_told_only_with_the_right_password(house: House) -> None:
    house.alice.is_active = False
    with_password(house.alice).save()
    client = Client()

    response = sign_in(client, house.alice.email)

    assert response.headers["Location"] == "/sign-in/"
    assert "switched off" in client.get("/sign-in/").content.decode()
    assert WRONG in sign_in(Client(), house.alice.email, "wrong").content.decode()


def test_the_session_gets_a_new_key_at_sign_in(house: House) -> None:
    client, session = Client(), SessionStore()
    session.save()
    client.cookies["session"] = session.session_key

    sign_in(client, with_password(house.alice).email)

    assert client.session.session_key != session.session_key


def test_the_page_names_the_provider_of_the_path(house: House) -> None:
    html = Client().get("/sign-in/?next=/southcloud/tickets/").content.decode()

    assert "Sign in to South Cloud" in html


def test_the_page_is_neutral_where_several_providers_live(house: House) -> None:
    html = Client().get("/sign-in/").content.decode()

    assert "North Host" not in html
    assert "South Cloud" not in html


def test_the_page_names_the_only_provider(db: None) -> None:
    Provider.objects.create(slug="northhost", name="North Host")

    html = Client().get("/sign-in/?next=/nowhere/").content.decode()

    assert "Sign in to North Host" in html


def test_signing_out_needs_a_post(house: House) -> None:
    client = signed_in(house.alice)

    asked = client.get("/sign-out/")
    done = client.post("/sign-out/")

    assert "Sign out?" in asked.content.decode()
    assert done.headers["Location"] == "/"
    assert client.get("/northhost/account/").status_code == 302


def test_the_chosen_colours_come_with_the_sign_in(house: House) -> None:
    house.alice.theme = "dark"
    house.alice.save()

    response = sign_in(Client(), with_password(house.alice).email)

    assert response.cookies["theme"].value == "dark"
