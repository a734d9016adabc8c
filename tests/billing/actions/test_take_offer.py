"""What was shown is what is taken, with the ticket and only with it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from frontdesk.billing.actions.start_plan import start_plan
from frontdesk.billing.consent import Consent
from frontdesk.billing.errors import CannotPay, OfferChanged, PriceNotConfirmed, ReferenceReused
from frontdesk.billing.models import EntryKind, LedgerEntry, Plan
from frontdesk.billing.offers import Free, MustPay, UsesAllowance
from frontdesk.billing.promise import offer_for, offers_for
from tests.billing.money import (
    a_stamp,
    a_ticket,
    charge_for,
    clock_at,
    euros,
    grant,
    pay_in,
    place_of,
    purse,
    take,
    take_at,
)


@pytest.fixture
def ticket(alice, administration):
    return a_ticket(alice, administration)


def test_a_free_department_takes_nothing_and_locks_nothing(
    ticket, bakery, django_assert_num_queries
):
    with django_assert_num_queries(1):
        taken = take(ticket)

    assert taken.offer == Free()
    assert taken.entry is None
    assert not LedgerEntry.objects.exists()


def test_a_ticket_takes_one_unit_and_no_money(ticket, bakery, administration):
    charge_for(administration)
    pay_in(bakery, "20.00")
    grant(bakery, 3)

    entry = take(ticket, Consent("unit")).entry

    assert (entry.kind, entry.amount, entry.units, entry.units_after) == ("spend", 0, -1, 2)
    assert (entry.ticket, entry.department, entry.account) == (ticket, administration, bakery)
    assert purse(bakery) == ("20.00", 2)


def test_a_paid_ticket_takes_the_price_shown(ticket, bakery, administration, alice):
    charge_for(administration, "5.00")
    pay_in(bakery, "20.00")

    entry = take(ticket, Consent("pay:5.00:EUR", is_confirmed=True), a_stamp(alice)).entry

    assert (entry.kind, str(entry.amount), str(entry.balance_after)) == ("price", "-5.00", "15.00")
    assert (entry.by, entry.currency) == (alice, "EUR")
    assert purse(bakery) == ("15.00", 0)


def test_the_lot_that_expires_first_is_used_first_and_one_that_never_does_last(
    ticket, bakery, administration
):
    charge_for(administration)
    now = timezone.now()
    lots = [grant(bakery, 1, when).lot for when in (None, now + timedelta(9), now + timedelta(2))]

    used = [take(ticket).entry.lot for _turn in range(3)]

    assert used == lots[::-1]


def test_an_expired_lot_is_not_used_though_it_did_not_lapse_yet(ticket, bakery, administration):
    charge_for(administration)
    grant(bakery, 1, timezone.now() + timedelta(days=1))

    with clock_at(timezone.now() + timedelta(days=2)), pytest.raises(CannotPay):
        take(ticket)


def test_a_price_changed_meanwhile_asks_again_and_takes_nothing(ticket, bakery, administration):
    charge_for(administration, "6.00")
    pay_in(bakery, "20.00")

    with pytest.raises(OfferChanged) as refusal:
        take(ticket, Consent("pay:5.00:EUR", is_confirmed=True))

    assert refusal.value.offer.price == 6
    assert purse(bakery) == ("20.00", 0)


def test_a_paid_ticket_without_a_yes_takes_nothing(ticket, bakery, administration):
    charge_for(administration)
    pay_in(bakery, "20.00")

    with pytest.raises(PriceNotConfirmed):
        take(ticket, Consent("pay:5.00:EUR"))

    assert purse(bakery) == ("20.00", 0)


def test_without_funds_the_refusal_says_what_is_missing(ticket, bakery, administration):
    charge_for(administration)
    pay_in(bakery, "2.00")

    with pytest.raises(CannotPay) as refusal:
        take(ticket)

    assert (refusal.value.offer.missing, refusal.value.offer.balance_now) == (3, 2)


def test_debt_goes_down_to_the_departments_limit(ticket, bakery, administration):
    charge_for(administration, no_funds="debt", debt_limit=euros("10.00"))

    take(ticket, Consent("debt:5.00:EUR", is_confirmed=True))
    take(ticket)
    with pytest.raises(CannotPay):
        take(ticket)

    assert purse(bakery) == ("-10.00", 0)


def test_a_debt_where_none_was_shown_asks_again(ticket, bakery, administration):
    charge_for(administration, no_funds="debt", debt_limit=euros("10.00"))
    pay_in(bakery, "2.00")

    with pytest.raises(OfferChanged) as refusal:
        take(ticket, Consent("pay:5.00:EUR", is_confirmed=True))

    assert refusal.value.offer.is_debt


def test_the_same_reference_takes_once_and_returns_the_first_row(ticket, bakery, administration):
    charge_for(administration)
    pay_in(bakery, "20.00")
    stamp = a_stamp()

    first = take(ticket, stamp=stamp)
    again = take(ticket, Consent("unit"), stamp)

    assert again.entry == first.entry
    assert again.offer == first.offer
    assert purse(bakery) == ("15.00", 0)


def test_a_reference_of_another_ticket_is_refused(ticket, alice, bakery, administration):
    charge_for(administration)
    grant(bakery, 2)
    stamp = a_stamp()
    take(ticket, stamp=stamp)

    with pytest.raises(ReferenceReused):
        take(a_ticket(alice, administration), stamp=stamp)


def test_a_failed_create_takes_nothing(ticket, bakery, administration):
    charge_for(administration)
    grant(bakery, 1)

    def open_and_fail():
        with transaction.atomic():
            take(ticket)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        open_and_fail()

    assert purse(bakery) == ("0.00", 1)


def test_a_ticket_of_another_account_cannot_be_paid_by_this_one(carol, bakery, administration):
    charge_for(administration)
    grant(bakery, 1)
    place = replace(place_of(a_ticket(carol, administration)), account_id=bakery.pk)

    with transaction.atomic():
        take_at(place)
        with pytest.raises(IntegrityError, match="is not of account"):
            connection.check_constraints()
        transaction.set_rollback(True)


def test_an_offer_costs_two_queries_and_all_offers_of_a_form_two(
    bakery, administration, sales, technical, django_assert_num_queries
):
    charge_for(administration)
    charge_for(sales, "7.00")
    pay_in(bakery, "20.00")
    who = {"provider_id": bakery.provider_id, "account_id": bakery.pk}

    with django_assert_num_queries(2):
        one = offer_for(**who, department_id=sales.pk)
    with django_assert_num_queries(2):
        offers = offers_for(**who)

    assert isinstance(one, MustPay)
    assert {key: offer.price for key, offer in offers.items()} == {
        administration.pk: 5,
        sales.pk: 7,
    }


def test_taking_a_ticket_costs_five_queries(
    ticket, bakery, administration, django_assert_num_queries
):
    charge_for(administration)
    grant(bakery, 1)

    with django_assert_num_queries(5):
        take(ticket)


def test_the_offer_counts_a_plan_month_that_no_job_has_given_yet_and_taking_gives_it(
    ticket, bakery, administration, north
):
    charge_for(administration)
    plan = Plan.objects.create(provider=north, name="Ten a month", quantity=10)
    start_plan(provider_id=north.pk, account_id=bakery.pk, plan_id=plan.pk, stamp=a_stamp())

    with clock_at(timezone.now() + timedelta(days=40)):
        offer = offer_for(
            provider_id=north.pk, account_id=bakery.pk, department_id=administration.pk
        )
        taken = take(ticket, Consent(offer.code))

    assert offer == UsesAllowance(10)
    assert [entry.kind for entry in taken.renewed] == [EntryKind.PLAN]
    assert taken.entry.lot == taken.renewed[0].lot
