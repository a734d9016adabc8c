"""Paid tickets, by a plain HTTP client: the unit first, then money, and never without consent.

A demo of its own: what accounts have is spent here, and no other test may spend it.
"""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from frontdesk.operations.postgres import Cluster
from tests.contract.browser import FormReader, PlainBrowser
from tests.contract.prepared import copy_prepared_demo
from tests.contract.program import Program

FORM = "/northhost/tickets/new/"


@pytest.fixture(scope="module")
def paid_demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    data = tmp_path_factory.mktemp("paid")
    copy_prepared_demo(data)
    program = Program(data).start()
    try:
        yield program.wait_until_ready()
    finally:
        program.stop()
        Cluster(data).remove()


@pytest.fixture
def come(paid_demo: Program):
    """`alice = come("alice")`: somebody signed in at the demo."""
    with ExitStack() as stack:

        def one(person: str) -> PlainBrowser:
            browser = PlainBrowser(paid_demo.address, person)
            stack.callback(browser.http.close)
            return browser

        yield one


def ask(person: PlainBrowser, **more: str):
    page = person.get(FORM)
    fields = {
        "message": "Please change the owner of bakery.example.",
        "department": FormReader(page.text).options["Administration"],
    }
    return person.send(page, "Send ticket", {**fields, **more}, follow=False)


def ledger_of(person: PlainBrowser) -> str:
    return person.get("/northhost/account/ledger/").text


def test_alice_uses_her_ticket_and_then_pays_what_she_confirms(come) -> None:
    alice = come("alice")
    assert "Uses 1 of 1 available ticket" in alice.get(FORM).text

    assert ask(alice).status_code == 303
    assert "20.00 EUR" in ledger_of(alice)
    refused = ask(alice)
    paid = ask(alice, confirm_price="5.00")

    assert refused.status_code == 422
    assert "Nothing was charged" in refused.text
    assert paid.status_code == 303
    assert "5.00 EUR was charged. Balance 15.00 EUR." in alice.get(paid.headers["location"]).text
    newest = ledger_of(alice).split("<tbody>")[1].split("</tr>")[0]
    assert "Balance after" in newest
    assert "15.00 EUR" in newest


def test_carol_cannot_pay_and_keeps_what_she_has(come) -> None:
    carol = come("carol")

    answer = ask(carol, confirm_price="5.00")

    assert answer.status_code == 422
    assert "Your balance does not cover this ticket" in answer.text
    assert "Please change the owner of bakery.example." in answer.text
    assert "3.00 EUR" in answer.text
    assert "<b>2.00 EUR</b>" in ledger_of(carol)
