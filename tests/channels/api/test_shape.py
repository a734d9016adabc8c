"""Errors have one shape, and the API describes itself to programs and to people."""

import re

import pytest
from django.test import Client

from frontdesk.channels.api.api import api
from frontdesk.channels.api.docs import describe


def shape(answer):
    assert answer.headers["Content-Type"] == "application/json"
    error = answer.json()["error"]
    assert set(error) == {"code", "message", "fields"}
    return answer.status_code, error["code"]


@pytest.mark.parametrize("path", ["/nothing", "/", "", "/accounts", "/accounts/b-1/", "/docs"])
def test_an_unknown_call_is_told_in_the_same_shape(billing, path):
    assert shape(billing.get(path)) == (404, "no_such_call")


def test_a_wrong_method_is_told_with_the_right_ones(billing):
    answer = billing.call("delete", "/accounts/b-1", "")

    assert shape(answer) == (405, "wrong_method")
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "PUT"}


@pytest.mark.parametrize("body", ["{", "", "\xff", "NaN", '{"name": "A"} x', "[" * 10_000])
def test_a_body_that_is_not_json_is_told_in_the_same_shape(billing, body):
    status, code = shape(billing.put("/accounts/c-7", body))

    assert status in {400, 422}
    assert code in {"unreadable", "invalid"}


def test_a_body_too_large_is_refused_before_it_is_read(billing):
    assert shape(billing.put("/accounts/c-7", "x" * 3_000_000)) == (413, "too_big")


def test_a_refusal_does_not_repeat_what_was_sent(billing):
    answer = billing.put("/accounts/c-7", {"name": 7, "password": "hunter2-hunter2"})

    assert "hunter2" not in answer.content.decode()


def test_the_openapi_document_names_every_call_and_needs_no_token(house):
    document = Client().get("/api/v1/openapi.json").json()

    calls = {(method, path) for path, methods in document["paths"].items() for method in methods}
    assert len(calls) == 7
    assert ("post", "/api/v1/accounts/{account}/top-ups") in calls
    assert document["components"]["securitySchemes"]["Bearer"]["scheme"] == "bearer"


def test_every_call_wants_a_token_and_says_its_scope_and_refusals():
    operations = [
        operation
        for methods in api.get_openapi_schema(path_prefix="/api/v1/")["paths"].values()
        for operation in methods.values()
    ]

    for operation in operations:
        assert operation["security"] == [{"Bearer": []}]
        assert operation["x-scope"]
        assert {401, 403, 404, 422, 429} <= set(operation["responses"])


def test_the_page_describes_every_call_without_script_or_style(house):
    answer = Client().get("/api/docs")
    page = answer.content.decode()

    for call in describe():
        assert f"{call.method}</b> {call.path}" in page
        assert call.scope in page
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=|https?://", page)
    assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]


def test_sums_are_described_as_text():
    [top_up] = [call for call in describe() if call.id == "top_up"]

    [amount] = [value for value in top_up.sent if value.name == "amount"]

    assert (amount.kind, amount.is_required, amount.note) == ("string", True, "Example: 50.00")
