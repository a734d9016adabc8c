"""Packages of tickets: owners buy them from the balance, at the price they saw, once a form."""

import pytest

from frontdesk.accounts.models import Account, Member
from frontdesk.accounts.models.account import Right
from frontdesk.billing.actions.set_billing_rules import Rules, set_billing_rules
from frontdesk.billing.models import LedgerEntry, Package
from frontdesk.support.models import Event
from tests.billing.money import charge_for, pay_in, purse
from tests.channels.web.client.browser import Browser, field_of, text_of
from tests.people import House


@pytest.fixture
def ten(house: House) -> Package:
    """Ten tickets for 40.00 EUR; the bakery has 50.00 EUR."""
    pay_in(house.bakery, "50.00")
    return Package.objects.create(
        provider=house.north, name="Ten tickets", quantity=10, price=40, lasts_days=90
    )


def form_of(house: House, package: Package) -> dict[str, str]:
    page = Browser(house.alice).open("buy_package", package.pk)
    return {name: field_of(page, name) for name in ("key", "shown")}


def test_the_catalogue_says_number_price_and_lifetime(house: House, ten: Package) -> None:
    words = text_of(Browser(house.alice).open("packages"))

    assert "Balance 50.00 EUR · 0 available tickets" in words
    assert "Ten tickets 10 tickets used within 90 days 40.00 EUR 4.00 EUR a ticket Buy" in words


def test_a_package_withdrawn_or_of_another_provider_is_not_there(house: House) -> None:
    pay_in(house.bakery, "50.00")
    gone = Package.objects.create(
        provider=house.north, name="Old", quantity=1, price=4, is_offered=False
    )
    foreign = Package.objects.create(provider=house.south, name="South", quantity=1, price=4)
    alice = Browser(house.alice)

    assert "No packages are on sale." in text_of(alice.open("packages"))
    assert alice.open("buy_package", gone.pk).status_code == 404
    assert alice.open("buy_package", foreign.pk).status_code == 404


def test_the_price_and_the_balance_after_are_confirmed_before(house: House, ten: Package) -> None:
    words = text_of(Browser(house.alice).open("buy_package", ten.pk))

    assert "Balance now 50.00 EUR Price −40.00 EUR Balance after buying 10.00 EUR" in words
    assert "Buy for 40.00 EUR" in words
    assert purse(house.bakery) == ("50.00", 0)


def test_what_was_bought_is_said_and_stands_among_the_lots(house: House, ten: Package) -> None:
    alice = Browser(house.alice)
    answer = alice.send("buy_package", ten.pk, **form_of(house, ten))

    words = text_of(alice.client.get(answer.headers["Location"]))

    assert answer.status_code == 303
    assert "10 tickets are yours. 40.00 EUR was charged. Balance 10.00 EUR." in words
    assert "10 of 10 · Ten tickets until" in words


def test_a_form_sent_twice_buys_once_and_is_told_once(house: House, ten: Package) -> None:
    alice, form = Browser(house.alice), form_of(house, ten)

    answers = [alice.send("buy_package", ten.pk, **form).status_code for _turn in range(2)]

    assert answers == [303, 303]
    assert purse(house.bakery) == ("10.00", 10)
    assert Event.objects.filter(kind="package_bought").count() == 1


def test_without_a_key_nothing_is_bought(house: House, ten: Package) -> None:
    form = {**form_of(house, ten), "key": " "}

    assert Browser(house.alice).send("buy_package", ten.pk, **form).status_code == 422
    assert purse(house.bakery) == ("50.00", 0)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"price": 45}, "The price has changed from 40.00 EUR to 45.00 EUR."),
        ({"quantity": 9}, "The package has changed. Nothing was charged"),
    ],
)
def test_another_package_than_was_shown_asks_again(
    house: House, ten: Package, change: dict[str, int], words: str
) -> None:
    form = form_of(house, ten)
    Package.objects.filter(pk=ten.pk).update(**change)

    answer = Browser(house.alice).send("buy_package", ten.pk, **form)

    assert answer.status_code == 422
    assert words in text_of(answer)
    assert purse(house.bakery) == ("50.00", 0)


def test_a_package_withdrawn_meanwhile_says_so(house: House, ten: Package) -> None:
    alice, form = Browser(house.alice), form_of(house, ten)
    Package.objects.update(is_offered=False)

    answer = alice.send("buy_package", ten.pk, **form)

    words = text_of(alice.client.get(answer.headers["Location"]))
    assert "This package is no longer sold. Nothing was charged." in words


def test_too_little_money_names_what_is_missing_and_where_to_pay(house: House) -> None:
    pay_in(house.bakery, "30.00")
    ten = Package.objects.create(provider=house.north, name="Ten", quantity=10, price=40)
    rules = Rules(currency="EUR", top_up_url="https://pay.northhost.example/")
    set_billing_rules(provider_id=house.north.pk, rules=rules)
    alice = Browser(house.alice)

    for page in (alice.open("packages"), alice.open("buy_package", ten.pk)):
        assert "10.00 EUR" in text_of(page)
        assert 'href="https://pay.northhost.example/"' in page.content.decode()
    answer = alice.send("buy_package", ten.pk, key="k", shown=f"pay:40.00:EUR:{ten.pk}x10d0")
    assert "Your balance does not cover this package: 10.00 EUR are missing." in text_of(answer)
    assert purse(house.bakery) == ("30.00", 0)


def test_who_reads_the_ledger_but_does_not_own_it_buys_nothing(house: House, ten: Package) -> None:
    Member.objects.filter(user=house.bob).update(right=Right.ALL)
    bob, form = Browser(house.bob), form_of(house, ten)

    words = text_of(bob.open("packages"))

    assert "An owner of the account can buy packages." in words
    assert "Buy" not in words
    assert bob.send("buy_package", ten.pk, **form).status_code == 404
    assert purse(house.bakery) == ("50.00", 0)


def test_the_account_that_is_named_pays(house: House, ten: Package) -> None:
    other = Account.objects.create(provider=house.north, name="Second Shop")
    Member.objects.create(
        provider=house.north, account=other, user=house.alice, right=Right.ALL, is_owner=True
    )
    pay_in(other, "40.00")
    page = Browser(house.alice).open("buy_package", ten.pk, account=other.pk)
    form = {name: field_of(page, name) for name in ("key", "shown")}

    Browser(house.alice).send("buy_package", ten.pk, query=f"?account={other.pk}", **form)

    assert (purse(other), purse(house.bakery)) == (("0.00", 10), ("50.00", 0))


def test_the_ledger_and_a_price_lead_to_the_packages(house: House, ten: Package) -> None:
    charge_for(house.administration)
    alice = Browser(house.alice)

    for name in ("ledger", "new_ticket", "client_home"):
        assert "/northhost/account/packages/" in alice.open(name).content.decode()
    Package.objects.update(is_offered=False)
    assert "/account/packages/" not in alice.open("ledger").content.decode()


def test_the_ledger_row_says_who_bought(house: House, ten: Package) -> None:
    Browser(house.alice).send("buy_package", ten.pk, **form_of(house, ten))

    row = LedgerEntry.objects.get(kind="package")
    assert (row.by, row.amount, row.units) == (house.alice, -40, 10)


def test_the_packages_take_six_queries(house: House, django_assert_num_queries) -> None:
    pay_in(house.bakery, "50.00")
    for number in range(20):
        Package.objects.create(provider=house.north, name=f"{number}", quantity=10, price=40)
    alice = Browser(house.alice)

    with django_assert_num_queries(6):
        alice.open("packages")
