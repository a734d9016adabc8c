"""The price of a ticket is said in its form before it is sent, and agreed to there."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from frontdesk.accounts.models import Account, Member
from frontdesk.billing.actions.refund import refund
from frontdesk.billing.actions.set_billing_rules import Rules, set_billing_rules
from frontdesk.billing.errors import OfferChanged
from frontdesk.billing.models import LedgerEntry
from frontdesk.billing.offers import UsesAllowance
from frontdesk.billing.summaries import account_summary
from frontdesk.channels.web.client import tickets
from frontdesk.support.models import Draft, Ticket
from tests.billing.money import a_stamp, charge_for, grant, pay_in
from tests.channels.web.client.browser import Browser, field_of, text_of
from tests.people import House


@pytest.fixture
def paid(house: House) -> House:
    """Administration costs 5.00 EUR; the bakery has 20.00 EUR and no tickets."""
    charge_for(house.administration)
    pay_in(house.bakery, "20.00")
    return house


def send(house: House, **changes: object):
    fields = {
        "message": "Please change the owner.",
        "department": house.administration.pk,
        "key": "form-1",
        **changes,
    }
    return Browser(house.alice).send("new_ticket", **fields)


def balance_of(account: Account) -> Decimal:
    return account_summary(provider_id=account.provider_id, account_id=account.pk).balance


def test_free_departments_alone_speak_of_no_price(house: House) -> None:
    words = text_of(Browser(house.alice).open("new_ticket"))

    assert "Free" not in words
    assert "EUR" not in words


def test_each_department_says_what_it_takes(paid: House) -> None:
    words = text_of(Browser(paid.alice).open("new_ticket"))

    assert "Technical support Free" in words
    assert "Administration Paid: 5.00 EUR" in words
    assert "Balance now 20.00 EUR Price of this ticket −5.00 EUR" in words
    assert "Balance after sending 15.00 EUR" in words


def test_an_available_ticket_is_named_instead_of_the_price(paid: House) -> None:
    grant(paid.bakery, 3)

    words = text_of(Browser(paid.alice).open("new_ticket"))

    assert "Uses 1 of 3 available tickets" in words
    assert "2 will be left. Your balance does not change." in words
    assert "I agree" not in words


def test_the_consent_is_never_given_beforehand(paid: House) -> None:
    html = Browser(paid.alice).open("new_ticket").content.decode()

    assert 'name="confirm_price" value="5.00">' in html


def test_without_consent_nothing_is_sent_or_charged(paid: House) -> None:
    response = send(paid)

    assert response.status_code == 422
    assert "Confirm the price, or choose a free department. Nothing was charged." in text_of(
        response
    )
    assert field_of(response, "message") == "Please change the owner."
    assert not Ticket.objects.exists()
    assert balance_of(paid.bakery) == Decimal("20.00")


@pytest.mark.parametrize("said", ["5.00", "on"])
def test_with_consent_the_shown_price_is_taken(paid: House, said: str) -> None:
    response = send(paid, confirm_price=said)

    assert response.status_code == 303
    assert LedgerEntry.objects.get(ticket__isnull=False).balance_after == Decimal("15.00")


def test_a_price_that_changed_meanwhile_asks_again(paid: House) -> None:
    charge_for(paid.administration, "6.00")
    shown = {f"shown-{paid.administration.pk}": "pay:5.00:EUR"}

    response = send(paid, confirm_price="5.00", **shown)

    words = "The price has changed from 5.00 EUR to 6.00 EUR. Please confirm again."
    assert response.status_code == 422
    assert words in text_of(response)
    assert balance_of(paid.bakery) == Decimal("20.00")


def test_the_price_named_by_the_box_counts_without_the_code(paid: House) -> None:
    charge_for(paid.administration, "6.00")

    assert send(paid, confirm_price="5.00").status_code == 422
    assert send(paid, confirm_price="6.00").status_code == 303


def test_consent_for_one_department_is_none_for_another(paid: House) -> None:
    charge_for(paid.sales, "7.00")
    shown = {f"shown-{paid.sales.pk}": "pay:7.00:EUR"}

    response = send(paid, department=paid.sales.pk, confirm_price="5.00", **shown)

    assert response.status_code == 422
    assert balance_of(paid.bakery) == Decimal("20.00")


def test_too_little_money_says_what_is_missing_and_where_to_pay(house: House) -> None:
    charge_for(house.administration)
    pay_in(house.bakery, "2.00")
    rules = Rules(currency="EUR", top_up_url="https://pay.northhost.example/")
    set_billing_rules(provider_id=house.north.pk, rules=rules)

    response = send(house, confirm_price="on")

    assert response.status_code == 422
    assert "Your balance does not cover this ticket" in text_of(response)
    assert "Missing 3.00 EUR" in text_of(response)
    assert 'href="https://pay.northhost.example/"' in response.content.decode()
    assert Draft.objects.get().text == "Please change the owner."


def test_the_form_asked_again_is_one_ticket_when_it_is_sent(paid: House) -> None:
    send(paid)
    first = send(paid, confirm_price="5.00")
    second = send(paid, confirm_price="5.00")

    assert first.headers["Location"] == second.headers["Location"]
    assert balance_of(paid.bakery) == Decimal("15.00")


def test_another_client_is_told_his_own_balance(paid: House) -> None:
    words = text_of(Browser(paid.dora).open("new_ticket"))

    assert "Your balance does not cover this ticket" in words
    assert "20.00 EUR" not in words


def words_after_sending(house: House, **changes: object) -> str:
    browser = Browser(house.alice)
    fields = {"message": "Please change the owner.", "department": house.administration.pk}
    answer = browser.send("new_ticket", **{**fields, "key": "form-1", **changes})
    return text_of(browser.client.get(answer.headers["Location"]))


def test_what_was_charged_is_said_when_the_ticket_is_sent(paid: House) -> None:
    words = words_after_sending(paid, confirm_price="5.00")

    assert "is sent to Administration. 5.00 EUR was charged. Balance 15.00 EUR." in words
    assert "Price 5.00 EUR" in words


def test_a_used_ticket_is_said_when_the_ticket_is_sent(paid: House) -> None:
    grant(paid.bakery, 1)

    words = words_after_sending(paid)

    assert "is sent to Administration. 1 available ticket was used." in words
    assert "Price 1 available ticket" in words


def test_a_free_ticket_says_nothing_of_money(paid: House) -> None:
    words = words_after_sending(paid, department=paid.technical.pk)

    assert "is sent to Technical support." in words
    assert "charged" not in words
    assert "Price" not in words


def test_a_ticket_whose_price_came_back_names_none(paid: House) -> None:
    send(paid, confirm_price="5.00")
    entry = LedgerEntry.objects.get(kind="price")
    refund(provider_id=paid.north.pk, entry_id=entry.pk, part=None, stamp=a_stamp(paid.hana))

    assert "Price" not in text_of(Browser(paid.alice).open("ticket", entry.ticket_id))


def test_home_says_what_is_available_and_when_it_lapses(paid: House) -> None:
    grant(paid.bakery, 1, datetime(2036, 11, 30, 12, tzinfo=UTC))
    grant(paid.bakery, 2)

    words = text_of(Browser(paid.alice).open("client_home"))

    assert "Available support tickets 3 left 1 lapses on 30 Nov 2036." in words
    assert "Balance 20.00 EUR Ledger" in words


def test_home_leads_to_no_ledger_that_is_not_the_readers(paid: House) -> None:
    home = Browser(paid.bob).open("client_home")

    assert "No available tickets" in text_of(home)
    assert "/account/ledger/" not in home.content.decode()


def test_home_where_nothing_is_charged_speaks_of_no_money(house: House) -> None:
    assert "Available support tickets" not in text_of(Browser(house.alice).open("client_home"))


def test_a_refused_form_shows_what_is_there_now(
    paid: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_late(**_request: object) -> None:
        grant(paid.bakery, 3)
        raise OfferChanged(UsesAllowance(3))

    monkeypatch.setattr(tickets, "open_ticket", too_late)

    words = text_of(send(paid, confirm_price="5.00"))

    assert "You have available tickets now. Nothing was charged; send it again." in words
    assert "Uses 1 of 3 available tickets" in words


@pytest.mark.parametrize("page", ["client_home", "new_ticket"])
@pytest.mark.parametrize("accounts", [1, 3])
def test_what_costs_takes_no_query_more(
    paid: House, page: str, accounts: int, django_assert_num_queries
) -> None:
    for number in range(accounts - 1):
        other = Account.objects.create(provider=paid.north, name=f"Shop {number}")
        Member.objects.create(provider=paid.north, account=other, user=paid.alice, right="all")
    grant(paid.bakery, 2, datetime(2036, 11, 30, 12, tzinfo=UTC))
    browser = Browser(paid.alice)

    with django_assert_num_queries(6):
        browser.open(page, account=paid.bakery.pk)


def test_home_names_each_of_several_accounts(paid: House) -> None:
    other = Account.objects.create(provider=paid.north, name="Second Shop")
    Member.objects.create(provider=paid.north, account=other, user=paid.alice, right="all")
    grant(other, 4)

    words = text_of(Browser(paid.alice).open("client_home"))

    assert "Alice's Bakery 20.00 EUR 0 available tickets" in words
    assert "Second Shop 0.00 EUR 4 available tickets" in words
