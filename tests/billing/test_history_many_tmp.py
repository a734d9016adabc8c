"""Whatever happens to an account, in whatever order, its ledger adds up."""

from contextlib import suppress
from datetime import timedelta
from decimal import Decimal

from django.db.models import Sum
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from frontdesk.billing.actions.buy_package import buy_package
from frontdesk.billing.actions.charge_ticket import charge_ticket
from frontdesk.billing.actions.correct import correct
from frontdesk.billing.actions.lapse_lots import lapse_lots
from frontdesk.billing.actions.refund import refund
from frontdesk.billing.actions.renew_plans import renew_plans
from frontdesk.billing.actions.start_plan import start_plan
from frontdesk.billing.checks import check_ledgers
from frontdesk.billing.errors import BillingRefused
from frontdesk.billing.models import Balance, LedgerEntry, Package, Plan
from frontdesk.billing.reversal import Part
from tests.billing.money import (
    AGREED,
    a_stamp,
    a_ticket,
    charge_for,
    clock_at,
    grant,
    pay_in,
    place_of,
    take,
)
from tests.people import build_house

sums = st.decimals(min_value="0.01", max_value=60, places=2)
indexes = st.integers(0, 30)
parts = st.none() | st.builds(Part, st.decimals(0, 20, places=2), st.integers(0, 3))
steps = st.one_of(
    st.tuples(st.just("pay_in"), sums),
    st.tuples(st.just("grant"), st.integers(1, 4), st.none() | st.integers(1, 50)),
    st.tuples(st.just("buy")),
    st.tuples(st.just("start_plan")),
    st.tuples(st.just("open")),
    st.tuples(st.just("charge"), sums),
    st.tuples(st.just("refund"), indexes, parts),
    st.tuples(st.just("correct"), indexes, parts),
    st.tuples(st.just("wait"), st.integers(1, 40)),
    st.tuples(st.just("jobs")),
)


class World:
    """One account, and the moment it is there."""

    def __init__(self) -> None:
        house = build_house()
        self.account, self.now = house.bakery, timezone.now()
        self.who = {"provider_id": house.north.pk, "account_id": house.bakery.pk}
        self.ticket = a_ticket(house.alice, house.administration)
        self.package = Package.objects.create(
            provider=house.north, name="Three", quantity=3, price=10, lasts_days=30
        )
        self.plan = Plan.objects.create(provider=house.north, name="Two a month", quantity=2)
        charge_for(house.administration, "5.00", no_funds="debt", debt_limit=Decimal("20.00"))

    def pay_in(self, amount):
        pay_in(self.account, amount)

    def grant(self, quantity, days):
        grant(self.account, quantity, days and self.now + timedelta(days=days))

    def buy(self):
        buy_package(**self.who, package_id=self.package.pk, consent=AGREED, stamp=a_stamp())

    def start_plan(self):
        start_plan(**self.who, plan_id=self.plan.pk, stamp=a_stamp())

    def open(self):
        take(self.ticket)

    def charge(self, amount):
        charge_ticket(place=place_of(self.ticket), amount=amount, stamp=a_stamp())

    def refund(self, index, part):
        self._reverse(refund, index, part)

    def correct(self, index, part):
        self._reverse(correct, index, part)

    def _reverse(self, act, index, part):
        entries = list(LedgerEntry.objects.order_by("id"))
        if entries:
            act(
                provider_id=self.account.provider_id,
                entry_id=entries[index % len(entries)].pk,
                part=part,
                stamp=a_stamp(),
            )

    def wait(self, days):
        self.now += timedelta(days=days)

    def jobs(self):
        renew_plans()
        lapse_lots()


class LedgerHistory(TestCase):
    """Runs each history in a transaction of its own."""

    @settings(max_examples=1500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(history=st.lists(steps, min_size=4, max_size=25))
    def test_the_balance_is_the_sum_of_any_history(self, history):
        world = World()
        for name, *arguments in history:
            # A refused act must have changed nothing, which the sums below tell.
            with clock_at(world.now), suppress(BillingRefused):
                getattr(world, name)(*arguments)

        check_sums()
        check_reversals()


def check_sums():
    """Hold balance, rows and lots against one another, without the program's own check."""
    assert check_ledgers() == []
    amount, units = Decimal(0), 0
    for entry in LedgerEntry.objects.order_by("id"):
        amount, units = amount + entry.amount, units + entry.units
        assert (entry.balance_after, entry.units_after) == (amount, units)
        assert units >= 0
    for balance in Balance.objects.all():
        assert (balance.amount, balance.units) == (amount, units)
        lots = balance.account.lots.aggregate(left=Sum("remaining"))
        assert (lots["left"] or 0) == units


def check_reversals():
    """No row is reversed by more than it moved, nor in its own direction."""
    for entry in LedgerEntry.objects.filter(reversals__isnull=False).distinct():
        back = entry.reversals.aggregate(amount=Sum("amount"), units=Sum("units"))
        assert abs(back["amount"]) <= abs(entry.amount)
        assert abs(back["units"]) <= abs(entry.units)
        assert back["amount"] * entry.amount <= 0
        assert back["units"] * entry.units <= 0
