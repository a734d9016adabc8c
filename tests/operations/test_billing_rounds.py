"""The worker's rounds over money, and the doctor's look at the ledgers."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app

from frontdesk.billing.actions.start_plan import start_plan
from frontdesk.billing.models import EntryKind, LedgerEntry, Plan
from frontdesk.operations.billing_rounds import lapse_lots_round, renew_plans_round
from frontdesk.operations.checks import ledgers
from tests.billing.money import a_stamp, clock_at, grant, pay_in, purse
from tests.people import House


def test_expired_tickets_lapse_once_however_often_the_round_runs(house: House):
    grant(house.bakery, 3, timezone.now() + timedelta(days=1))

    with clock_at(timezone.now() + timedelta(days=2)):
        assert [lapse_lots_round(), lapse_lots_round()] == [1, 0]

    assert LedgerEntry.objects.get(kind=EntryKind.LAPSE).units == -3


def test_the_next_month_of_a_plan_brings_its_tickets_once(house: House):
    plan = Plan.objects.create(provider=house.north, name="Care", quantity=5)
    start_plan(
        provider_id=house.north.pk,
        account_id=house.bakery.pk,
        plan_id=plan.pk,
        stamp=a_stamp(house.hana),
    )

    with clock_at(timezone.now() + timedelta(days=32)):
        assert renew_plans_round() > 0
        assert renew_plans_round() == 0
        assert purse(house.bakery) == ("0.00", 5)


def test_the_worker_begins_both_rounds_every_five_minutes():
    rounds = {one.task.name: one.cron for one in app.periodic_registry.periodic_tasks.values()}

    assert rounds["renew_plans"] == "*/5 * * * *"
    assert rounds["lapse_lots"] == "2-59/5 * * * *"
    for name in ("renew_plans", "lapse_lots"):
        assert app.tasks[name].queueing_lock == name


def test_ledgers_that_add_up_are_fine(house: House):
    pay_in(house.bakery, "20.00")
    grant(house.bakery, 1)

    assert ledgers() is None


def test_a_balance_that_was_changed_past_the_program_is_named(house: House):
    pay_in(house.bakery, "20.00")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE billing_balance DISABLE TRIGGER USER")
        cursor.execute("UPDATE billing_balance SET amount = amount + 1")

    cause = ledgers()

    assert cause is not None
    assert f"{house.bakery.pk} (money)" in cause
