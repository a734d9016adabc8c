"""Tickets come in lots: granted, bought, by plan, as gifts; and lapse once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from frontdesk.billing.actions.grant_allowance import grant_allowance
from frontdesk.billing.actions.grant_for_event import grant_for_event
from frontdesk.billing.actions.lapse_lots import lapse_lots
from frontdesk.billing.actions.refund import refund
from frontdesk.billing.actions.renew_plans import renew_plans
from frontdesk.billing.actions.start_plan import start_plan
from frontdesk.billing.actions.stop_plan import stop_plan
from frontdesk.billing.actions.top_up import top_up
from frontdesk.billing.book import Stamp
from frontdesk.billing.errors import (
    AlreadyOnPlan,
    BadQuantity,
    BadReason,
    BadReference,
    BadTime,
    NoSuchAccount,
    NoSuchPlan,
    ReferenceReused,
)
from frontdesk.billing.models import AllowanceLot, Gift, LedgerEntry, Plan, Subscription
from frontdesk.billing.rounds import RoundIncomplete
from tests.billing.money import (
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


def give(account, quantity=1, expires_at=None, stamp=None):
    return grant_allowance(
        provider_id=account.provider_id,
        account_id=account.pk,
        quantity=quantity,
        expires_at=expires_at,
        stamp=stamp or a_stamp(),
    )


def on_plan(account, plan, stamp=None):
    return start_plan(
        provider_id=account.provider_id,
        account_id=account.pk,
        plan_id=plan.pk,
        stamp=stamp or a_stamp(),
    )


@pytest.fixture
def ten_a_month(north):
    return Plan.objects.create(provider=north, name="Ten a month", quantity=10)


def kinds_of(account):
    return list(account.ledger.order_by("id").values_list("kind", flat=True))


def test_staff_grant_tickets_with_a_reason_that_the_ledger_keeps(bakery, sam):
    entry = give(bakery, 3, stamp=a_stamp(sam, "  Sorry for\nthe outage. "))

    assert (entry.kind, entry.units, entry.reason, entry.by) == (
        "grant",
        3,
        "Sorry for the outage.",
        sam,
    )
    assert purse(bakery) == ("0.00", 3)


def test_the_same_reference_grants_once_and_another_number_under_it_is_refused(bakery):
    stamp = a_stamp()

    assert give(bakery, 3, stamp=stamp) == give(bakery, 3, stamp=stamp)
    with pytest.raises(ReferenceReused):
        give(bakery, 4, stamp=stamp)

    assert purse(bakery) == ("0.00", 3)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"quantity": 0}, BadQuantity),
        ({"quantity": 100_001}, BadQuantity),
        ({"expires_at": datetime(2020, 1, 1, tzinfo=UTC)}, BadTime),
        ({"stamp": Stamp(None, "r", " \n ")}, BadReason),
        ({"stamp": Stamp(None, "r", "x" * 201)}, BadReason),
        ({"stamp": Stamp(None, "", "why")}, BadReference),
        ({"stamp": Stamp(None, "r" * 201, "why")}, BadReference),
    ],
)
def test_a_senseless_grant_is_refused_and_changes_nothing(bakery, change, error):
    with pytest.raises(error):
        give(bakery, **change)

    assert not AllowanceLot.objects.exists()


def test_an_account_of_another_provider_does_not_exist(bakery, south):
    with pytest.raises(NoSuchAccount):
        grant_allowance(
            provider_id=south.pk,
            account_id=bakery.pk,
            quantity=1,
            expires_at=None,
            stamp=a_stamp(),
        )


def test_unused_tickets_lapse_once_however_late_and_often_the_job_runs(bakery):
    give(bakery, 3, timezone.now() + timedelta(days=1))
    give(bakery, 2)

    with clock_at(timezone.now() + timedelta(days=90)):
        written = [lapse_lots(), lapse_lots()]

    assert written == [1, 0]
    assert kinds_of(bakery) == ["grant", "grant", "lapse"]
    assert purse(bakery) == ("0.00", 2)


def test_a_lapse_tells_what_happened_in_its_own_transaction(bakery):
    give(bakery, 3, timezone.now() + timedelta(days=1))
    heard = []

    with clock_at(timezone.now() + timedelta(days=2)):
        lapse_lots(then=heard.append)

    assert [(entry.kind, entry.units) for entry in heard] == [("lapse", -3)]


def test_one_account_that_fails_keeps_no_other_from_lapsing(bakery, carols_account, caplog):
    for account in (bakery, carols_account):
        give(account, 1, timezone.now() + timedelta(days=1))

    def fail_for_the_bakery(entry):
        if entry.account_id == bakery.pk:
            raise ZeroDivisionError

    with clock_at(timezone.now() + timedelta(days=2)), pytest.raises(RoundIncomplete):
        lapse_lots(then=fail_for_the_bakery)

    assert (kinds_of(bakery), kinds_of(carols_account)) == (["grant"], ["grant", "lapse"])


def test_a_refunded_ticket_goes_back_with_its_old_expiry_and_lapses_again(
    bakery, alice, administration
):
    charge_for(administration)
    lot = grant(bakery, 2, timezone.now() + timedelta(days=1)).lot
    spent = take(a_ticket(alice, administration)).entry

    with clock_at(timezone.now() + timedelta(days=2)):
        lapse_lots()
        back = refund(provider_id=bakery.provider_id, entry_id=spent.pk, stamp=a_stamp())
        written = [lapse_lots(), lapse_lots()]

    assert (back.units, back.lot, back.lapses_at_once) == (1, lot, True)
    assert written == [1, 0]
    assert kinds_of(bakery) == ["grant", "spend", "lapse", "refund", "lapse"]


def test_a_plan_gives_its_tickets_at_once_and_each_month_and_the_rest_lapses(bakery, ten_a_month):
    start = datetime(2026, 1, 31, 12, tzinfo=UTC)
    with clock_at(start):
        on_plan(bakery, ten_a_month)

    ends = []
    for moment in (datetime(2026, 2, 28, 1, tzinfo=UTC), datetime(2026, 3, 31, 1, tzinfo=UTC)):
        with clock_at(moment):
            assert (renew_plans(), renew_plans()) == (1, 0)
            assert (lapse_lots(), lapse_lots()) == (1, 0)
            assert purse(bakery) == ("0.00", 10)
    ends = AllowanceLot.objects.order_by("id").values_list("expires_at", flat=True)

    assert [end.date().isoformat() for end in ends] == ["2026-02-28", "2026-03-31", "2026-04-30"]


def test_a_job_that_slept_for_months_gives_only_the_month_it_is(bakery, ten_a_month):
    with clock_at(datetime(2026, 1, 15, tzinfo=UTC)):
        on_plan(bakery, ten_a_month)

    with clock_at(datetime(2026, 5, 20, tzinfo=UTC)):
        written = renew_plans()
        lapse_lots()

        assert purse(bakery) == ("0.00", 10)
    assert written == 1
    assert Subscription.objects.get().next_at == datetime(2026, 6, 15, tzinfo=UTC)


def test_a_plan_ends_by_the_providers_clock(bakery, ten_a_month, north):
    north.time_zone = "America/New_York"
    north.save()
    with clock_at(datetime(2026, 10, 2, 2, tzinfo=UTC)):  # the 1st, 22:00, in New York
        subscription = on_plan(bakery, ten_a_month)

    assert subscription.began_on.isoformat() == "2026-10-01"
    # Summer time ends on that very day, after the midnight.
    assert subscription.next_at == datetime(2026, 11, 1, 4, tzinfo=UTC)


def test_a_moved_clock_gives_no_month_twice(bakery, ten_a_month, north):
    with clock_at(datetime(2026, 1, 10, 12, tzinfo=UTC)):
        on_plan(bakery, ten_a_month)
    with clock_at(datetime(2026, 2, 10, 1, tzinfo=UTC)):
        renew_plans()
        north.time_zone = "America/New_York"
        north.save()
        Subscription.objects.update(next_at=timezone.now())

        assert renew_plans() == 0
        assert purse(bakery) == ("0.00", 10)


def test_a_stopped_plan_gives_no_more_but_its_month_stays(bakery, ten_a_month, sam):
    subscription = on_plan(bakery, ten_a_month)
    who = {"provider_id": bakery.provider_id, "account_id": bakery.pk, "by_user_id": sam.pk}

    first = stop_plan(**who, subscription_id=subscription.pk).stopped_at
    again = stop_plan(**who, subscription_id=subscription.pk).stopped_at

    assert first == again
    assert purse(bakery) == ("0.00", 10)
    with clock_at(timezone.now() + timedelta(days=40)):
        assert renew_plans() == 0
        assert purse(bakery) == ("0.00", 0)


def test_an_account_is_on_a_plan_once(bakery, ten_a_month):
    stamp = a_stamp()
    first = on_plan(bakery, ten_a_month, stamp)

    assert on_plan(bakery, ten_a_month, stamp) == first
    with pytest.raises(AlreadyOnPlan):
        on_plan(bakery, ten_a_month)

    assert purse(bakery) == ("0.00", 10)


def test_a_plan_of_another_provider_does_not_exist(bakery, south):
    foreign = Plan.objects.create(provider=south, name="Theirs", quantity=10)

    with pytest.raises(NoSuchPlan):
        on_plan(bakery, foreign)


def test_an_event_gives_its_tickets_once(bakery, north):
    Gift.objects.create(provider=north, occasion="registration", quantity=2, lasts_days=30)
    who = {"provider_id": north.pk, "account_id": bakery.pk, "occasion": "registration"}

    first, again = grant_for_event(**who), grant_for_event(**who)

    assert first == again
    assert purse(bakery) == ("0.00", 2)


def test_a_top_up_brings_the_gifts_of_its_sum_and_the_first_one_its_own(bakery, north):
    Gift.objects.create(provider=north, occasion="top_up", least_amount=50, quantity=1)
    Gift.objects.create(provider=north, occasion="first_top_up", quantity=3)
    Gift.objects.create(provider=north, occasion="top_up", quantity=7, is_on=False)

    pay_in(bakery, "49.99")
    after_first = purse(bakery)
    pay_in(bakery, "50.00")

    assert (after_first, purse(bakery)) == (("49.99", 3), ("99.99", 4))


def test_a_repeated_top_up_adds_nothing_and_returns_its_first_gifts(bakery, north):
    Gift.objects.create(provider=north, occasion="top_up", quantity=1)
    stamp = a_stamp()
    who = {"provider_id": north.pk, "account_id": bakery.pk, "stamp": stamp}

    first = top_up(**who, amount=euros("10.00"))
    Gift.objects.create(provider=north, occasion="top_up", quantity=5)
    again = top_up(**who, amount=euros("10.00"))

    assert again == first
    assert LedgerEntry.objects.count() == 2
    with pytest.raises(ReferenceReused):
        top_up(**who, amount=euros("11.00"))
