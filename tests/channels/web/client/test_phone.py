"""What a phone has instead of the rail: the balance on top, the links of Account, the way out."""

import re

import pytest

from frontdesk.accounts.models import Member
from tests.billing.money import charge_for, grant, pay_in
from tests.channels.web.client.browser import HTMX, Browser
from tests.people import House


def bar_of(person, name: str = "tickets") -> str:
    """Return the top bar of a page, as HTML."""
    html = Browser(person).open(name).content.decode()
    return html[html.index('<header class="topbar">') : html.index("<main")]


def links_of(person, name: str = "account") -> str:
    """Return the links under Account, as HTML; empty where a page has none."""
    html = Browser(person).open(name).content.decode()
    found = re.search(r'<nav class="card own-links.*?</nav>', html, re.DOTALL)
    return found.group(0) if found else ""


@pytest.fixture
def paid(house: House) -> House:
    """The bakery has 20.00 EUR and three tickets."""
    charge_for(house.administration)
    pay_in(house.bakery, "20.00")
    grant(house.bakery, 3)
    return house


@pytest.mark.parametrize("name", ["account", "services", "ledger", "packages", "telegram"])
def test_every_page_of_the_account_has_the_way_out(paid: House, name: str) -> None:
    assert '<form method="post" action="/sign-out/">' in links_of(paid.alice, name)


def test_an_owner_finds_everything_under_account(paid: House) -> None:
    links = links_of(paid.alice)

    for path in ("account/#members", "account/services/", "account/ledger/", "account/telegram/"):
        assert f'href="/northhost/{path}"' in links
    assert 'href="/security/"' in links
    assert "packages" not in links  # none is sold


def test_a_member_is_led_to_nothing_that_is_not_his(paid: House) -> None:
    links = links_of(paid.bob)

    assert "ledger" not in links
    assert "#members" not in links


@pytest.mark.parametrize("name", ["client_home", "tickets", "account", "services", "ledger"])
def test_the_bar_says_what_the_account_has_and_leads_to_the_ledger(paid: House, name: str) -> None:
    bar = bar_of(paid.alice, name)

    assert "20.00" in bar
    assert "3 available tickets" in bar
    assert 'href="/northhost/account/ledger/"' in bar


def test_who_may_not_read_the_ledger_sees_the_balance_without_a_link(paid: House) -> None:
    bar = bar_of(paid.bob)

    assert "20.00" in bar
    assert "ledger" not in bar


def test_where_support_costs_nothing_the_bar_has_no_balance(house: House) -> None:
    assert "Balance" not in bar_of(house.alice)


def test_with_several_accounts_the_bar_names_no_sum(paid: House) -> None:
    Member.objects.create(
        user=paid.carol, account=paid.bakery, provider=paid.bakery.provider, is_owner=True
    )

    bar = bar_of(paid.carol)

    assert "20.00" not in bar
    assert "Balance" in bar


def test_a_part_of_a_page_asks_for_no_purse(paid: House, django_assert_max_num_queries) -> None:
    browser = Browser(paid.alice)

    with django_assert_max_num_queries(5) as captured:
        browser.open("tickets", htmx=HTMX)

    assert not any("billing_allowancelot" in one["sql"] for one in captured.captured_queries)
