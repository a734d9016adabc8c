"""A token opens its provider's door, as far as its scopes and its maker's rights go."""

import logging

import pytest
from django.test import Client, override_settings
from django.utils import timezone

from frontdesk.accounts.api_tokens import (
    BadToken,
    find_token,
    make_token,
    note_use,
    revoke_token,
)
from frontdesk.accounts.models import ApiToken, Scope, Staff
from frontdesk.channels.api import sign_in
from frontdesk.shared.rate_limit import Rate
from tests.billing.money import clock_at
from tests.channels.api.calling import Program

CALLS = {
    Scope.ACCOUNTS_READ: ("get", "/accounts/b-1", None),
    Scope.ACCOUNTS_WRITE: ("put", "/accounts/b-1", {"name": "Bakery"}),
    Scope.SERVICES_WRITE: ("put", "/accounts/b-1/services/s-1", {"name": "shop"}),
    Scope.LEDGER_READ: ("get", "/accounts/b-1/ledger", None),
    Scope.BALANCE_WRITE: ("post", "/accounts/b-1/top-ups", {"amount": "5.00", "reason": "Paid"}),
    Scope.ALLOWANCE_WRITE: ("post", "/accounts/b-1/grants", {"quantity": 1, "reason": "Plan"}),
}


def refused(response, status, code):
    assert response.status_code == status, response.content
    assert response.json()["error"]["code"] == code


@pytest.mark.parametrize("scope", CALLS)
@pytest.mark.usefixtures("known_bakery")
def test_a_token_does_what_its_scope_says_and_nothing_else(north, ada, scope):
    method, path, body = CALLS[scope]
    with_it = Program.of(north, ada, scope)
    without = Program.of(north, ada, *(set(Scope.values) - {scope}))

    allowed = with_it.call(method, path, body, Idempotency_Key="k")

    assert allowed.status_code in {200, 201}, allowed.content
    refused(without.call(method, path, body, Idempotency_Key="k2"), 403, "scope_missing")


@pytest.mark.parametrize("scope", CALLS)
@pytest.mark.usefixtures("known_bakery")
def test_another_providers_token_finds_no_account(foreign, scope):
    method, path, body = CALLS[scope]
    if scope == Scope.ACCOUNTS_WRITE:
        method, path, body = "post", f"{path}/members", {"email": "e@x.example", "name": "E"}

    refused(foreign.call(method, path, body, Idempotency_Key="k"), 404, "no_such_account")


@pytest.mark.parametrize(
    "header",
    ["", "Bearer", "Bearer ", "Bearer fdk_wrong", "Basic {secret}", "{secret}", "Bearer é{secret}"],
)
@pytest.mark.usefixtures("known_bakery")
def test_without_a_working_token_nobody_comes_in(billing, header):
    headers = {"Authorization": header.format(secret=billing.secret)}

    response = Client().get("/api/v1/accounts/b-1", headers=headers)

    refused(response, 401, "not_signed_in")
    assert response.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.usefixtures("known_bakery")
def test_a_revoked_token_ends_at_once(billing, north, hana):
    token = find_token(billing.secret)

    revoke_token(provider_id=north.pk, token_id=token.pk, by_user_id=hana.pk)
    again = revoke_token(provider_id=north.pk, token_id=token.pk, by_user_id=north.pk)

    refused(billing.get("/accounts/b-1"), 401, "not_signed_in")
    assert again.revoked_by == hana


def test_a_token_of_another_provider_is_not_revoked(billing, south, sven):
    token = find_token(billing.secret)

    with pytest.raises(ApiToken.DoesNotExist):
        revoke_token(provider_id=south.pk, token_id=token.pk, by_user_id=sven.pk)


@pytest.mark.parametrize(
    "change", [{"is_active": False}, {"role": "head"}], ids=["has left", "no administrator"]
)
def test_a_token_ends_with_its_makers_rights(billing, ada, change):
    Staff.objects.filter(user=ada).update(**change)

    refused(billing.get("/accounts/b-1"), 401, "not_signed_in")


def test_only_a_hash_of_a_token_is_kept_and_its_beginning(billing):
    token = ApiToken.objects.get()

    kept = [str(value) for value in vars(token).values()]

    assert not any(billing.secret in value for value in kept)
    assert billing.secret.startswith(token.start)
    assert len(token.start) == 10
    assert len(billing.secret) > 40


def test_a_new_tokens_secret_is_not_in_its_representation(north, ada):
    new = make_token(provider_id=north.pk, name="B", scopes=["ledger:read"], by_user_id=ada.pk)

    assert new.secret not in repr(new)


@pytest.mark.parametrize(
    ("name", "scopes", "field"),
    [
        (" ", ["ledger:read"], "name"),
        ("x" * 61, ["ledger:read"], "name"),
        ("B", [], "scopes"),
        ("B", ["everything"], "scopes"),
    ],
)
def test_a_senseless_token_is_not_made(north, ada, name, scopes, field):
    with pytest.raises(BadToken) as refusal:
        make_token(provider_id=north.pk, name=name, scopes=scopes, by_user_id=ada.pk)

    assert refusal.value.field == field
    assert not ApiToken.objects.exists()


@pytest.mark.usefixtures("known_bakery")
def test_the_last_use_of_a_token_is_kept_to_the_minute(billing):
    now = timezone.now()
    billing.get("/accounts/b-1")
    first = ApiToken.objects.get()

    with clock_at(now + timezone.timedelta(seconds=30)):
        note_use(first)
    assert ApiToken.objects.get().last_used_at == first.last_used_at
    with clock_at(now + timezone.timedelta(seconds=90)):
        note_use(first)
    assert ApiToken.objects.get().last_used_at > first.last_used_at >= now


@pytest.mark.usefixtures("known_bakery")
def test_too_many_calls_of_a_token_wait(billing, north, ada, monkeypatch):
    monkeypatch.setattr(sign_in, "CALLS", Rate("api", most=2, seconds=3600))

    statuses = [billing.get("/accounts/b-1").status_code for _turn in range(3)]
    refusal = billing.get("/accounts/b-1")

    assert statuses == [200, 200, 429]
    refused(refusal, 429, "too_fast")
    assert 0 < int(refusal.headers["Retry-After"]) <= 3600
    assert Program.of(north, ada).get("/accounts/b-1").status_code == 200


def test_too_many_wrong_tokens_from_one_address_wait(house, monkeypatch):
    monkeypatch.setattr(sign_in, "WRONG_TOKENS", Rate("api-wrong", most=2, seconds=3600))
    guess = Program("fdk_guess")

    statuses = [guess.get("/accounts/b-1").status_code for _turn in range(3)]

    assert statuses == [401, 401, 429]


@pytest.mark.usefixtures("known_bakery")
def test_a_session_opens_no_door_and_no_cookie_is_set(billing, ada):
    browser = Client()
    browser.force_login(ada)

    refused(browser.get("/api/v1/accounts/b-1"), 401, "not_signed_in")
    answer = billing.get("/accounts/b-1")

    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")


@override_settings(DEBUG=True)
@pytest.mark.usefixtures("known_bakery")
def test_no_log_holds_a_token(billing, caplog, monkeypatch):
    caplog.set_level(logging.DEBUG)
    monkeypatch.setattr("frontdesk.channels.api.accounts.account_summary", lambda **_what: 1 / 0)
    basic = {"Authorization": f"Token {billing.secret}"}

    broken = billing.get("/accounts/b-1")
    Client().get("/api/v1/accounts/b-1", headers=basic)

    refused(broken, 500, "broken")
    assert billing.secret not in caplog.text
    assert "ZeroDivisionError" not in broken.content.decode()
