"""Whoever acts at the same moment: what is taken is what was there, and each is told."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection, transaction
from django.utils import timezone

from frontdesk.billing.actions.buy_package import buy_package
from frontdesk.billing.actions.lapse_lots import lapse_lots
from frontdesk.billing.actions.refund import refund
from frontdesk.billing.actions.renew_plans import renew_plans
from frontdesk.billing.actions.start_plan import start_plan
from frontdesk.billing.actions.top_up import top_up
from frontdesk.billing.book import Stamp
from frontdesk.billing.checks import check_ledgers
from frontdesk.billing.consent import Consent
from frontdesk.billing.errors import BillingRefused, OfferChanged
from frontdesk.billing.models import LedgerEntry, Package, Plan
from frontdesk.billing.reversal import Part
from tests.billing.money import (
    AGREED,
    a_stamp,
    a_ticket,
    charge_for,
    clock_at,
    euros,
    grant,
    pay_in,
    purse,
    take,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ticket(alice, administration):
    charge_for(administration, "5.00", no_funds="debt", debt_limit=euros("10.00"))
    return a_ticket(alice, administration)


def at_once(acts):
    """Run the acts in threads with connections of their own, begun together; return what each
    returned, or the refusal it raised."""
    barrier = Barrier(len(acts))

    def run(act):
        try:
            connection.ensure_connection()
            barrier.wait(timeout=60)
            with transaction.atomic():
                return act()
        except BillingRefused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def kinds(results):
    return Counter(type(result).__name__ for result in results)


def test_fifty_at_once_on_ten_tickets_take_exactly_ten(ticket, bakery):
    grant(bakery, 10)

    results = at_once([lambda: take(ticket, Consent("unit"))] * 50)

    assert kinds(results) == {"Taken": 10, "OfferChanged": 40}
    assert purse(bakery) == ("0.00", 0)
    assert check_ledgers() == []


def test_of_two_on_the_last_ticket_one_gets_it_and_the_other_is_asked_about_the_price(
    ticket, bakery
):
    grant(bakery, 1)

    results = at_once([lambda: take(ticket, Consent("unit"))] * 2)

    [refusal] = [result for result in results if isinstance(result, OfferChanged)]
    assert refusal.offer.price == 5
    assert purse(bakery) == ("0.00", 0)


def test_debits_at_once_stop_at_the_debt_limit(ticket, bakery):
    pay_in(bakery, "7.00")

    results = at_once([lambda: take(ticket)] * 12)

    assert kinds(results) == {"Taken": 3, "CannotPay": 9}
    assert purse(bakery) == ("-8.00", 0)
    assert check_ledgers() == []


def test_one_reference_at_once_takes_once(ticket, bakery):
    grant(bakery, 5)
    stamp = a_stamp()

    results = at_once([lambda: take(ticket, Consent("unit"), stamp)] * 10)

    assert len({result.entry.pk for result in results}) == 1
    assert purse(bakery) == ("0.00", 4)


def test_first_acts_of_an_account_at_once_make_one_balance(bakery):
    def pay(number):
        return lambda: top_up(
            provider_id=bakery.provider_id,
            account_id=bakery.pk,
            amount=euros("1.00"),
            stamp=Stamp(None, f"first-{number}", "card"),
        )

    at_once([pay(number) for number in range(8)])

    assert purse(bakery) == ("8.00", 0)
    assert check_ledgers() == []


def test_refunds_at_once_never_give_back_more_than_was_taken(ticket, bakery):
    with transaction.atomic():
        taken = take(ticket).entry

    results = at_once(
        [
            lambda: refund(
                provider_id=taken.provider_id,
                entry_id=taken.pk,
                part=Part(euros("2.00")),
                stamp=a_stamp(),
            )
        ]
        * 6
    )

    assert kinds(results) == {"LedgerEntry": 2, "TooMuchReversed": 4}
    assert purse(bakery) == ("-1.00", 0)


def test_packages_at_once_are_bought_as_far_as_the_money_goes(bakery, north):
    package = Package.objects.create(provider=north, name="Two", quantity=2, price=10)
    pay_in(bakery, "35.00")

    results = at_once(
        [
            lambda: buy_package(
                provider_id=north.pk,
                account_id=bakery.pk,
                package_id=package.pk,
                consent=AGREED,
                stamp=a_stamp(),
            )
        ]
        * 8
    )

    assert kinds(results) == {"LedgerEntry": 3, "CannotPay": 5}
    assert purse(bakery) == ("5.00", 6)


def test_jobs_at_once_renew_and_lapse_each_thing_once(bakery, carols_account, north):
    plan = Plan.objects.create(provider=north, name="Ten", quantity=10)
    for account in (bakery, carols_account):
        start_plan(provider_id=north.pk, account_id=account.pk, plan_id=plan.pk, stamp=a_stamp())

    with clock_at(timezone.now() + timedelta(days=40)):
        at_once([renew_plans, lapse_lots] * 4)
        assert [purse(bakery), purse(carols_account)] == [("0.00", 10)] * 2

    kinds_written = Counter(LedgerEntry.objects.values_list("kind", flat=True))
    assert kinds_written == {"plan": 4, "lapse": 2}


def test_a_ticket_and_the_job_that_lapses_it_agree(ticket, bakery):
    lots = [grant(bakery, 1, timezone.now() + timedelta(days=1)) for _turn in range(3)]

    with clock_at(timezone.now() + timedelta(days=2)):
        results = at_once([lambda: take(ticket, Consent("unit")), lapse_lots, lapse_lots])

    assert isinstance(results[0], OfferChanged)
    assert sum(results[1:]) == len(lots)
    assert check_ledgers() == []
