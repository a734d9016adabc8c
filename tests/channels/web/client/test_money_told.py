"""What moved an account's money or tickets is told: to its owners in words, to others never."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from frontdesk.accounts.models import Account, Member
from frontdesk.billing.models import Package
from frontdesk.billing.reversal import Part
from frontdesk.notifications.models import Notification
from frontdesk.notifications.notify import notify
from frontdesk.operations.billing_rounds import lapse_lots_round, warn_of_lapse_round
from frontdesk.support.actions.correct_entry import correct_entry
from frontdesk.support.actions.purchase_package import purchase_package
from frontdesk.support.models import Event
from tests.billing.money import AGREED, clock_at
from tests.channels.web.client.browser import Browser, text_of
from tests.channels.web.client.moves import charge, give, give_back, paid_ticket, pay
from tests.factories import a_ticket
from tests.people import House, as_client, as_staff


def told_to(person, page: str = "notifications") -> str:
    """Deliver all that happened, and return the words of the person's page."""
    for event in Event.objects.order_by("pk"):
        notify(event)
    return text_of(Browser(person).open(page))


def test_tickets_and_money_that_came_are_told_to_the_owner(house: House) -> None:
    give(house, house.bakery, 3)
    give(house, house.bakery, 1)
    pay(house, "20.00")

    words = told_to(house.alice)

    assert "Unread: Support granted 3 tickets" in words
    assert "Support granted 1 ticket " in words
    assert "The balance was topped up by 20.00 EUR" in words


def test_money_that_staff_took_and_gave_back_names_its_ticket(house: House) -> None:
    pay(house, "20.00")
    ticket = a_ticket(house.alice, house.technical, "The shop is slow.")
    give_back(house, charge(house, ticket), "2.00")

    words = told_to(house.alice)

    charged = f"Support charged 7.50 EUR for work in #{ticket.pk} The shop is slow."
    assert charged in words
    assert f"2.00 EUR was refunded for #{ticket.pk} The shop is slow." in words


def test_the_price_of_ones_own_ticket_is_the_owners_receipt(house: House) -> None:
    pay(house, "20.00")
    ticket = paid_ticket(house)

    assert f"5.00 EUR was charged for #{ticket.pk}" in told_to(house.alice)


def test_a_colleagues_used_ticket_is_told_to_the_owner_and_not_to_the_colleague(
    house: House,
) -> None:
    give(house, house.bakery, 1)
    ticket = paid_ticket(house, house.bob)

    assert f"#{ticket.pk} used 1 available ticket" in told_to(house.alice)
    assert "available ticket" not in told_to(house.bob)


def test_a_package_and_a_correction_are_told(house: House) -> None:
    package = Package.objects.create(provider=house.north, name="Five", quantity=5, price=20)
    entry = pay(house, "50.00")
    purchase_package(
        by=as_client(house.alice),
        account_id=house.bakery.pk,
        package_id=package.pk,
        consent=AGREED,
        key="k1",
    )
    by, part = as_staff(house.hana), Part(Decimal("10.00"))
    correct_entry(by=by, entry_id=entry.pk, part=part, reason="Typed wrong", key="k1")

    words = told_to(house.alice)

    assert "5 tickets were bought for 20.00 EUR" in words
    assert "Support corrected the balance by −10.00 EUR" in words


def test_tickets_are_told_of_before_they_lapse_and_when_they_did(house: House) -> None:
    give(house, house.bakery, 2, days=20)
    with clock_at(timezone.now() + timedelta(days=15)):
        warn_of_lapse_round()
    with clock_at(timezone.now() + timedelta(days=21)):
        lapse_lots_round()

    words = told_to(house.alice)

    assert "2 tickets lapse on" in words
    assert "2 tickets lapsed" in words


@pytest.mark.parametrize("page", ["notifications", "client_home"])
def test_a_row_without_ticket_leads_to_its_accounts_ledger(house: House, page: str) -> None:
    give(house, house.bakery, 3)
    told_to(house.alice)

    html = Browser(house.alice).open(page).content.decode()

    assert f'href="/northhost/account/ledger/?account={house.bakery.pk}">' in html


def test_reading_the_ledger_reads_the_rows_that_lead_to_it_alone(house: House) -> None:
    pay(house, "20.00")
    charge(house, a_ticket(house.alice, house.technical), "1.00")
    pay(house, "30.00")
    assert "Notifications 4 unread" in told_to(house.alice)

    ledger = text_of(Browser(house.alice).open("ledger"))

    assert "Notifications 2 unread" in ledger
    unread = Notification.objects.unread().values_list("kind", flat=True)
    assert sorted(unread) == ["charged", "staff_replied"]


@pytest.mark.parametrize("page", ["notifications", "client_home"])
def test_colleagues_and_strangers_hear_nothing_of_the_accounts_money(
    house: House, page: str
) -> None:
    give(house, house.bakery, 3)
    pay(house, "20.00")

    for person in (house.bob, house.carol, house.dora):
        assert "Nothing new. Answers and closed tickets" in told_to(person, page)


@pytest.mark.parametrize("page", ["notifications", "client_home"])
def test_who_is_no_owner_any_more_reads_no_old_rows(house: House, page: str) -> None:
    give(house, house.bakery, 3)
    told_to(house.alice)
    Member.objects.filter(user=house.alice).update(is_owner=False)

    assert Notification.objects.filter(user=house.alice).exists()
    assert "Support granted" not in text_of(Browser(house.alice).open(page))


def test_an_owner_of_several_accounts_is_told_which(house: House) -> None:
    other = Account.objects.create(provider=house.north, name="Second Shop")
    Member.objects.create(
        provider=house.north, account=other, user=house.alice, right="all", is_owner=True
    )
    give(house, other, 4)

    assert "Support granted 4 tickets Second Shop" in told_to(house.alice)


def test_the_page_takes_four_queries_with_rows_about_money(
    house: House, django_assert_num_queries
) -> None:
    pay(house, "20.00")
    ticket = paid_ticket(house)
    for _turn in range(5):
        give(house, house.bakery, 1)
        charge(house, ticket, "1.00")
    told_to(house.alice)
    browser = Browser(house.alice)

    with django_assert_num_queries(4):
        browser.open("notifications")
