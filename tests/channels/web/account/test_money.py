"""The ledger as clients read it: whole, newest first, and only by those who may."""

import csv
import io

import pytest

from frontdesk.accounts.models import Account, Member
from frontdesk.accounts.models.account import Right
from frontdesk.notifications.notify import notify
from frontdesk.support.models import Event, Ticket
from tests.billing.money import a_stamp, a_ticket, charge_for, grant, pay_in, take, top_up
from tests.channels.web.client.browser import Browser, text_of
from tests.factories import a_reply
from tests.people import House, as_staff


@pytest.fixture
def paid(house: House) -> House:
    """The bakery paid 20.00 EUR in, and 5.00 EUR for a ticket that Alice asked for."""
    charge_for(house.administration)
    pay_in(house.bakery, "20.00")
    take(a_ticket(house.alice, house.administration))
    return house


def table_of(house: House, query: str = "") -> list[list[str]]:
    response = Browser(house.alice).client.get(f"/northhost/account/ledger.csv{query}")
    return list(csv.reader(io.StringIO(response.content.decode())))


def test_rows_stand_newest_first_with_the_balance_after_them(paid: House) -> None:
    words = text_of(Browser(paid.alice).open("ledger"))

    price, top_up_row = words.index("Paid ticket #"), words.index("Agreed by phone.")
    assert price < top_up_row
    assert "−5.00 EUR Balance after 15.00 EUR" in words
    assert "+20.00 EUR Balance after 20.00 EUR" in words


def test_the_head_says_what_is_there_now(paid: House) -> None:
    grant(paid.bakery, 3)

    assert "Balance 15.00 EUR · 3 available tickets" in text_of(Browser(paid.alice).open("ledger"))


def test_a_ticket_is_a_link_for_those_who_may_read_it(paid: House) -> None:
    Member.objects.filter(user=paid.bob).update(is_owner=True)
    link = 'href="/northhost/tickets/'

    assert Browser(paid.alice).open("ledger").content.decode().count(f'class="link" {link}') == 1
    bobs = Browser(paid.bob).open("ledger")
    assert f'class="link" {link}' not in bobs.content.decode()
    assert "Paid ticket #" in text_of(bobs)


def test_a_member_with_his_own_tickets_only_finds_no_ledger(paid: House) -> None:
    bob = Browser(paid.bob)

    assert bob.open("ledger").status_code == bob.open("ledger_csv").status_code == 404
    assert "/account/ledger/" not in bob.open("client_home").content.decode()


def test_another_account_is_not_shown_whatever_the_address_names(paid: House) -> None:
    for name in ("ledger", "ledger_csv"):
        assert Browser(paid.carol).open(name, account=paid.bakery.pk).status_code == 404
        assert Browser(paid.carol).open(name, account="x").status_code == 404


def test_who_has_several_accounts_chooses_one(paid: House) -> None:
    other = Account.objects.create(provider=paid.north, name="Second Shop")
    Member.objects.create(
        provider=paid.north, account=other, user=paid.alice, right=Right.ALL, is_owner=True
    )
    pay_in(other, "7.00")

    words = text_of(Browser(paid.alice).open("ledger", account=other.pk))

    assert "Second Shop · 7.00 EUR" in words
    assert "20.00 EUR" not in words


def test_the_filter_shows_one_kind_on_the_page_and_in_the_file(paid: House) -> None:
    words = text_of(Browser(paid.alice).open("ledger", kind="price"))

    assert "−5.00 EUR" in words
    assert "20.00 EUR" not in words
    assert [row[2] for row in table_of(paid, "?kind=price")[1:]] == ["Paid ticket"]


def test_an_empty_filter_says_so_and_an_unknown_one_is_ignored(paid: House) -> None:
    alice = Browser(paid.alice)

    assert "Nothing of this kind" in text_of(alice.open("ledger", kind="refund"))
    assert "+20.00 EUR" in text_of(alice.open("ledger", kind="' or 1"))


def test_pages_go_on_and_back_and_keep_the_filter(paid: House) -> None:
    for _n in range(60):
        pay_in(paid.bakery, "1.00")
    alice = Browser(paid.alice)
    first = alice.open("ledger", kind="top_up").content.decode()

    assert "Newer" not in first
    assert "?kind=top_up&amp;older=" in first
    last = first.split("&amp;older=")[1].split('"')[0]
    second = text_of(alice.open("ledger", kind="top_up", older=last))
    assert "+20.00 EUR" in second
    assert "Newer" in second
    assert "Older" not in second


def test_no_cell_of_the_file_is_a_formula(paid: House) -> None:
    top_up(
        provider_id=paid.north.pk,
        account_id=paid.bakery.pk,
        amount=pay_in(paid.bakery, "1.00").amount,
        stamp=a_stamp(reason='=HYPERLINK("https://evil.example")'),
    )

    rows = table_of(paid)

    assert rows[1][9] == '\'=HYPERLINK("https://evil.example")'
    assert [row[4] for row in rows[2:]] == ["1.00", "-5.00", "20.00"]


def test_the_rail_speaks_of_a_balance_only_where_there_is_money(house: House) -> None:
    alice, carol = Browser(house.alice), Browser(house.carol)
    assert "/account/ledger/" not in alice.open("tickets").content.decode()

    pay_in(house.bakery, "1.00")

    assert "/account/ledger/" in alice.open("tickets").content.decode()
    assert "/account/ledger/" not in carol.open("tickets").content.decode()


def test_the_ledger_takes_five_queries_and_one_to_note_what_was_seen(
    paid: House, django_assert_num_queries
) -> None:
    for _n in range(30):
        pay_in(paid.bakery, "1.00")
    alice, ticket = Browser(paid.alice), Ticket.objects.get()

    with django_assert_num_queries(5):
        alice.open("ledger")
    a_reply(as_staff(paid.hana), ticket)
    notify(Event.objects.latest("pk"))
    with django_assert_num_queries(6):
        alice.open("ledger")
