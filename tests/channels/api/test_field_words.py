"""Whoever sends a wrong value reads in plain words what to send instead."""

import pytest

from frontdesk.channels.api import schemas
from frontdesk.channels.api.field_words import words_of

ACCOUNT, MEMBERS = ("put", "/accounts/b-1"), ("post", "/accounts/b-1/members")
SERVICE = ("put", "/accounts/b-1/services/vps-1")
TOP_UP, GRANT = ("post", "/accounts/b-1/top-ups"), ("post", "/accounts/b-1/grants")
BODIES = {
    ACCOUNT: {"name": "Bakery"},
    MEMBERS: {"email": "bob@client.example", "name": "Bob"},
    SERVICE: {"name": "shop.example"},
    TOP_UP: {"amount": "5.00", "reason": "Paid"},
    GRANT: {"quantity": 2, "reason": "Paid"},
}
SCHEMAS = {
    ACCOUNT: schemas.AccountIn,
    MEMBERS: schemas.MemberIn,
    SERVICE: schemas.ServiceIn,
    TOP_UP: schemas.TopUpIn,
    GRANT: schemas.GrantIn,
}
SUM = (
    "Give a sum as text, such as 12.50: above zero, with at most two digits after the point"
    " and eight before it."
)
TEXT, FLAG, NUMBER = "Give text.", "Give true or false.", "Give a whole number from 1 to 100000."
MOMENT = "Give a moment with its time zone, such as 2026-11-30T23:59:59Z."
DAY = "Give a day, such as 2026-11-30."
WRONG = [
    (ACCOUNT, "name", 7, TEXT),
    (ACCOUNT, "name", "x" * 121, "Give at most 120 symbols."),
    (ACCOUNT, "colour", "red", "This call knows no such field."),
    (MEMBERS, "email", None, TEXT),
    (MEMBERS, "email", "x" * 255, "Give at most 254 symbols."),
    (MEMBERS, "name", ["Bob"], TEXT),
    (MEMBERS, "right", "everything", "Give one of these: all, own."),
    (MEMBERS, "is_owner", "perhaps", FLAG),
    (MEMBERS, "is_owner", None, FLAG),
    (SERVICE, "name", {}, TEXT),
    (SERVICE, "kind", "boat", "Give one of these: "),
    (SERVICE, "plan", "x" * 121, "Give at most 120 symbols."),
    (SERVICE, "status", 1, "Give one of these: "),
    (SERVICE, "expires_on", "soon", DAY),
    (SERVICE, "expires_on", "2026-11-31", DAY),
    (SERVICE, "expires_on", "2026-11-30T12:00:00Z", DAY),
    (SERVICE, "expires_on", [], DAY),
    (TOP_UP, "amount", "12.345", SUM),
    (TOP_UP, "amount", "-12.00", SUM),
    (TOP_UP, "amount", "0.00", SUM),
    (TOP_UP, "amount", "", SUM),
    (TOP_UP, "amount", 12.5, SUM),
    (TOP_UP, "amount", None, SUM),
    (TOP_UP, "currency", "EURO", "Give at most 3 symbols."),
    (TOP_UP, "currency", 978, TEXT),
    (TOP_UP, "reason", False, TEXT),
    (GRANT, "quantity", 0, NUMBER),
    (GRANT, "quantity", 100_001, NUMBER),
    (GRANT, "quantity", 2**70, NUMBER),
    (GRANT, "quantity", 1.5, NUMBER),
    (GRANT, "quantity", "2", NUMBER),
    (GRANT, "expires_at", "2099-01-01T00:00:00", MOMENT),
    (GRANT, "expires_at", "soon", MOMENT),
    (GRANT, "expires_at", [], MOMENT),
    (GRANT, "reason", "x" * 201, "Give at most 200 symbols."),
]


def said(billing, call, body):
    method, path = call
    headers = {"Idempotency_Key": "k"}
    answer = getattr(billing, method)(path, body, **headers)
    assert answer.status_code == 422, answer.content
    return answer.json()["error"]


@pytest.mark.parametrize(("call", "field", "value", "words"), WRONG)
@pytest.mark.usefixtures("known_bakery")
def test_a_wrong_value_is_told_in_plain_words(billing, call, field, value, words):
    error = said(billing, call, {**BODIES[call], field: value})

    assert list(error["fields"]) == [field]
    assert error["fields"][field].startswith(words)
    assert error["message"] in {f"{field}: {error['fields'][field]}", error["fields"][field]}
    assert "should" not in str(error)


@pytest.mark.parametrize("call", BODIES)
@pytest.mark.usefixtures("known_bakery")
def test_a_field_that_is_missing_is_named(billing, call):
    error = said(billing, call, {})

    assert error["code"] == "invalid"
    assert error["fields"] == dict.fromkeys(BODIES[call], "This is missing.")
    assert error["message"] == f"{next(iter(BODIES[call]))}: This is missing."


@pytest.mark.parametrize("call", BODIES)
@pytest.mark.parametrize("body", [[], '"text"', 7, None])
@pytest.mark.usefixtures("known_bakery")
def test_a_body_that_is_no_object_is_told_so(billing, call, body):
    error = said(billing, call, body)

    assert error["message"] == "Give a JSON object."


@pytest.mark.usefixtures("known_bakery")
def test_a_kind_of_row_that_is_unknown_gets_the_known_ones(billing):
    error = billing.get("/accounts/b-1/ledger?kind=theft").json()["error"]

    assert error["fields"]["kind"].startswith("Give one of these: ")
    assert "top_up, " in error["fields"]["kind"]


def test_every_field_that_can_be_sent_has_a_wrong_value_here():
    tried = {(call, field) for call, field, _value, _words in WRONG}

    assert set(SCHEMAS.values()) == set(schemas.Sent.__subclasses__())
    for call, schema in SCHEMAS.items():
        assert {(call, field) for field in schema.model_fields} <= tried


def test_an_error_of_another_kind_has_words_too():
    assert words_of({"type": "frozen_instance"}) == "This value cannot be accepted."
