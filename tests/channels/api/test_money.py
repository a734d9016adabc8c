"""Money and tickets move by the API once, and only as they were meant."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from frontdesk.billing.checks import check_ledgers
from frontdesk.billing.models import Gift, LedgerEntry
from frontdesk.channels.api.models import FirstResult
from frontdesk.channels.api.once import RESULTS_LAST, forget_old_results
from frontdesk.support.models import Event
from tests.billing.money import clock_at, grant, pay_in, purse

FIFTY = {"amount": "50.00", "reason": "Invoice 2026-114"}
TWO = {"quantity": 2, "reason": "Premium support"}


def test_a_top_up_moves_the_balance_and_says_what_is_there_now(billing, known_bakery, north):
    Gift.objects.create(provider=north, occasion="first_top_up", quantity=3)

    answer = billing.move("/accounts/b-1/top-ups", {**FIFTY, "currency": "EUR"})

    assert answer.status_code == 201, answer.content
    entry, [gift] = answer.json()["entry"], answer.json()["gifts"]
    assert (entry["amount"], entry["balance_after"], entry["kind"]) == ("50.00", "50.00", "top_up")
    assert (gift["tickets"], gift["tickets_after"]) == (3, 3)
    assert purse(known_bakery) == ("50.00", 3)


def test_what_billing_moves_is_nobodys_own_act_but_the_event_says_whose_token(
    billing, known_bakery, ada
):
    billing.move("/accounts/b-1/top-ups", FIFTY, key="invoice-114")

    entry, event = LedgerEntry.objects.get(), Event.objects.get()
    assert (entry.by, entry.reason) == (None, "Invoice 2026-114")
    assert entry.reference == "api:top_up:invoice-114"
    assert (event.actor, event.channel, event.data) == (
        ada,
        "api",
        {
            "entry": entry.pk,
            "account": known_bakery.pk,
            "amount": "50.00",
            "units": 0,
            "currency": "EUR",
        },
    )


def test_the_same_key_again_moves_nothing_more_and_gets_the_first_answer(billing, known_bakery):
    first = billing.move("/accounts/b-1/top-ups", FIFTY, key="k")
    again = billing.move("/accounts/b-1/top-ups", FIFTY, key="k")

    assert again.json() == first.json()
    assert (again.status_code, again.headers["Idempotent-Replay"]) == (201, "true")
    assert "Idempotent-Replay" not in first.headers
    assert purse(known_bakery) == ("50.00", 0)
    assert Event.objects.count() == 1


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/accounts/b-1/top-ups", {**FIFTY, "amount": "51.00"}),
        ("/accounts/b-1/grants", TWO),
    ],
    ids=["another body", "another call"],
)
def test_the_same_key_for_something_else_is_refused(billing, known_bakery, path, body):
    billing.move("/accounts/b-1/top-ups", FIFTY, key="k")

    answer = billing.move(path, body, key="k")

    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "key_reused")
    assert purse(known_bakery) == ("50.00", 0)


def test_keys_of_two_providers_do_not_meet(billing, foreign, known_bakery, house):
    elsewhere = house.doras_south_account
    elsewhere.external_id = "b-1"
    elsewhere.save()

    answers = [each.move("/accounts/b-1/top-ups", FIFTY, key="k") for each in (billing, foreign)]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert purse(elsewhere) == purse(known_bakery) == ("50.00", 0)


def test_a_refused_call_keeps_no_answer_and_may_be_tried_again(billing, known_bakery):
    late = {**TWO, "expires_at": "2020-01-01T00:00:00Z"}

    refusal = billing.move("/accounts/b-1/grants", late, key="k")
    answer = billing.move("/accounts/b-1/grants", TWO, key="k")

    assert (refusal.status_code, refusal.json()["error"]["code"]) == (422, "bad_time")
    assert answer.status_code == 201
    assert purse(known_bakery) == ("0.00", 2)


@pytest.mark.parametrize("key", ["", " ", "k" * 129, "ключ", "a\x07b"])
@pytest.mark.parametrize(
    ("path", "body"), [("/accounts/b-1/top-ups", FIFTY), ("/accounts/b-1/grants", TWO)]
)
def test_money_does_not_move_without_a_key(billing, known_bakery, path, body, key):
    answer = billing.post(path, body, Idempotency_Key=key)

    assert answer.status_code == 400
    assert answer.json()["error"]["code"] in {"key_missing", "bad_key"}
    assert purse(known_bakery) == ("0.00", 0)


@pytest.mark.parametrize(
    "amount",
    [
        5,
        5.5,
        True,
        None,
        "0",
        "0.00",
        "-5.00",
        "5.001",
        "5,00",
        "1e3",
        "NaN",
        "Infinity",
        " 5.00",
        "5.00\n",
        "999999999.00",
        "٥.٠٠",
        "",
        {"amount": "5"},
    ],
)
def test_what_is_no_sum_of_money_is_refused_at_its_field(billing, known_bakery, amount):
    answer = billing.move("/accounts/b-1/top-ups", {**FIFTY, "amount": amount})

    assert answer.status_code == 422, answer.content
    assert list(answer.json()["error"]["fields"]) == ["amount"]
    assert purse(known_bakery) == ("0.00", 0)


@pytest.mark.parametrize("quantity", [0, -1, 1.5, "2", True, None, 100_001, 2**63])
def test_what_is_no_number_of_tickets_is_refused_at_its_field(billing, known_bakery, quantity):
    answer = billing.move("/accounts/b-1/grants", {**TWO, "quantity": quantity})

    assert answer.status_code == 422
    assert list(answer.json()["error"]["fields"]) == ["quantity"]
    assert purse(known_bakery) == ("0.00", 0)


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("top-ups", {**FIFTY, "currency": "USD"}, "currency"),
        ("top-ups", {**FIFTY, "reason": " "}, "reason"),
        ("top-ups", {"amount": "5.00"}, "reason"),
        ("grants", {**TWO, "reason": "x" * 201}, "reason"),
        ("grants", {**TWO, "expires_at": "2099-01-01T00:00:00"}, "expires_at"),
        ("grants", {**TWO, "expires_at": "soon"}, "expires_at"),
    ],
)
@pytest.mark.usefixtures("known_bakery")
def test_other_senseless_values_are_refused_at_their_field(billing, path, body, field):
    answer = billing.move(f"/accounts/b-1/{path}", body)

    assert answer.status_code == 422, answer.content
    assert list(answer.json()["error"]["fields"]) == [field]


def test_granted_tickets_last_until_the_moment_given(billing, known_bakery):
    until = (timezone.now() + timedelta(days=3)).replace(microsecond=0)

    answer = billing.move("/accounts/b-1/grants", {**TWO, "expires_at": until.isoformat()})

    assert answer.status_code == 201
    assert LedgerEntry.objects.get().lot.expires_at == until
    assert purse(known_bakery) == ("0.00", 2)


def test_the_ledger_is_read_in_pages_newest_first(billing, known_bakery, monkeypatch):
    monkeypatch.setattr("frontdesk.billing.ledger_pages.PAGE_SIZE", 2)
    pay_in(known_bakery, "1.00")
    grant(known_bakery, 4)
    pay_in(known_bakery, "2.00")

    first = billing.get("/accounts/b-1/ledger").json()
    second = billing.get(f"/accounts/b-1/ledger?older={first['older']}").json()
    money = billing.get("/accounts/b-1/ledger?kind=top_up").json()

    assert [each["kind"] for each in first["entries"]] == ["top_up", "grant"]
    assert [each["amount"] for each in second["entries"]] == ["1.00"]
    assert (second["older"], second["entries"][0]["balance_after"]) == ("", "1.00")
    assert [each["amount"] for each in money["entries"]] == ["2.00", "1.00"]


@pytest.mark.usefixtures("known_bakery")
def test_a_kind_that_the_ledger_does_not_have_is_refused(billing):
    answer = billing.get("/accounts/b-1/ledger?kind=theft")

    assert (answer.status_code, list(answer.json()["error"]["fields"])) == (422, ["kind"])


def test_answers_nobody_repeats_a_call_for_are_forgotten(billing, known_bakery):
    billing.move("/accounts/b-1/top-ups", FIFTY)
    forgotten_now = forget_old_results()

    with clock_at(timezone.now() + RESULTS_LAST + timedelta(days=1)):
        assert (forgotten_now, forget_old_results()) == (0, 1)
    assert not FirstResult.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_twenty_calls_at_once_with_one_key_move_once_and_all_get_the_same_answer(
    billing, known_bakery
):
    barrier = Barrier(20)

    def call(_number):
        try:
            connection.ensure_connection()
            barrier.wait(timeout=60)
            answer = billing.move("/accounts/b-1/top-ups", FIFTY, key="invoice-114")
            return answer.status_code, answer.content
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        answers = set(pool.map(call, range(20)))

    assert len(answers) == 1, answers
    assert answers.pop()[0] == 201
    assert purse(known_bakery) == ("50.00", 0)
    assert check_ledgers() == []
