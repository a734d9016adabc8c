"""What the database refuses, whatever the program tries."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from frontdesk.billing.actions.correct import correct
from frontdesk.billing.models import (
    AllowanceLot,
    Balance,
    BillingSettings,
    LedgerEntry,
    Package,
    Plan,
    PriceRule,
    Subscription,
)
from tests.billing.money import a_stamp, a_ticket, charge_for, euros, grant, pay_in, purse, take


def row(account, **changes):
    """Return a ledger row of 1 EUR that would follow the account's last one."""
    now = Balance.objects.get(account=account)
    values = {"kind": "top_up", "amount": euros("1.00"), "units": 0, **changes}
    return LedgerEntry(
        **{
            "provider_id": account.provider_id,
            "account": account,
            "currency": "EUR",
            "balance_after": now.amount + values["amount"],
            "units_after": now.units + values["units"],
            "reference": "by hand",
            "created_at": timezone.now(),
            **values,
        }
    )


def refused(act, match=None):
    with pytest.raises(DatabaseError, match=match), transaction.atomic():
        act()


def run(sql):
    def act():
        connection.check_constraints()  # what waits for the commit would refuse a TRUNCATE
        with connection.cursor() as cursor:
            cursor.execute(sql)

    return act


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE billing_ledgerentry SET reason = 'better'",
        "DELETE FROM billing_ledgerentry",
        "TRUNCATE billing_ledgerentry CASCADE",
    ],
)
def test_a_ledger_row_is_never_changed_or_removed(bakery, sql):
    pay_in(bakery, "5.00")

    refused(run(sql), "append-only")


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE billing_balance SET amount = 1000",
        "UPDATE billing_allowancelot SET remaining = 100",
        "UPDATE billing_allowancelot SET expires_at = NULL",
        "DELETE FROM billing_balance",
        "TRUNCATE billing_allowancelot CASCADE",
    ],
)
def test_a_balance_and_a_lot_move_only_with_a_ledger_row(bakery, sql):
    pay_in(bakery, "5.00")
    grant(bakery, 1, timezone.now() + timedelta(days=1))

    refused(run(sql), "ledger")


def test_a_balance_and_a_lot_begin_empty(bakery, north):
    now = timezone.now()
    lot = AllowanceLot(
        provider=north, account=bakery, source="granted", quantity=5, remaining=5, starts_at=now
    )

    refused(lambda: Balance.objects.create(account=bakery, provider=north, amount=1), "ledger row")
    refused(lot.save, "ledger row")


def test_a_row_must_follow_the_one_before_it(bakery):
    pay_in(bakery, "5.00")

    refused(row(bakery, balance_after=euros("7.00")).save, "does not follow")
    refused(row(bakery, units_after=1).save, "does not follow")
    row(bakery).save()


@pytest.mark.parametrize(
    "figures",
    [
        {"amount": euros("-1.00")},
        {"kind": "charge", "amount": euros("-1.00")},
        {"kind": "grant", "amount": euros("0.00")},
        {"kind": "spend", "amount": euros("0.00"), "units": -1},
        {"kind": "refund"},
        {"kind": "present"},
        {"reference": ""},
    ],
)
def test_figures_must_fit_their_kind(bakery, figures):
    pay_in(bakery, "5.00")
    grant(bakery, 2)

    refused(row(bakery, **figures).save)


def test_one_reference_is_used_once_at_a_provider(bakery, carols_account):
    first = pay_in(bakery, "5.00")
    pay_in(carols_account, "5.00")

    refused(row(carols_account, reference=first.reference).save, "ledger_reference_unique")


def test_tickets_of_another_accounts_lot_are_not_moved(bakery, carols_account):
    lot = grant(carols_account, 5).lot
    grant(bakery, 5)

    lapse = row(bakery, kind="lapse", amount=euros("0.00"), units=-1, lot=lot)

    refused(lapse.save, "is not of account")


def test_a_lot_holds_neither_less_than_nothing_nor_more_than_it_had(bakery):
    lot = grant(bakery, 2).lot
    grant(bakery, 5)
    nothing = euros("0.00")

    refused(row(bakery, kind="lapse", amount=nothing, units=-3, lot=lot).save)
    refused(row(bakery, kind="grant", amount=nothing, units=1, lot=lot).save, "lot_holds")


@pytest.mark.parametrize(
    "figures",
    [{"amount": euros("5.01")}, {"amount": euros("-1.00")}],
)
def test_no_row_gives_back_more_than_was_taken(bakery, alice, administration, figures):
    charge_for(administration, "5.00")
    pay_in(bakery, "5.00")
    taken = take(a_ticket(alice, administration)).entry

    refused(row(bakery, kind="refund", reverses=taken, **figures).save, "more than")
    row(bakery, kind="refund", reverses=taken, amount=euros("5.00")).save()
    refused(row(bakery, kind="refund", reverses=taken, reference="2").save, "more than")


def test_a_row_of_another_account_is_not_reversed(bakery, carols_account):
    theirs = pay_in(carols_account, "5.00")
    pay_in(bakery, "5.00")

    wrong = row(bakery, kind="correction", amount=euros("-1.00"), reverses=theirs)

    refused(wrong.save, "cannot be reversed")


def test_the_currency_stays_once_there_are_sums_in_it(bakery, north, south):
    pay_in(bakery, "5.00")
    south.currency, north.currency = "USD", "USD"

    south.save()

    refused(north.save, "holds sums in EUR")


def test_nothing_crosses_providers(bakery, south, north, administration, south_support):
    now = timezone.now()
    theirs = {"provider": south, "account": bakery}
    plan = Plan.objects.create(provider=south, name="P", quantity=1)
    package = Package.objects.create(provider=south, name="P", quantity=1, price=1)
    rows = [
        Balance(**theirs),
        AllowanceLot(**theirs, source="granted", quantity=1, starts_at=now),
        AllowanceLot(
            provider=north,
            account=bakery,
            source="package",
            package=package,
            quantity=1,
            starts_at=now,
        ),
        PriceRule(provider=south, department=administration),
        PriceRule(provider=north, department=south_support),
        Subscription(
            provider=north, account=bakery, plan=plan, began_on=now, next_at=now, created_at=now
        ),
    ]
    for wrong in rows:
        with transaction.atomic():
            wrong.save(force_insert=True)
            with pytest.raises(IntegrityError):
                connection.check_constraints()
            transaction.set_rollback(True)


@pytest.mark.parametrize(
    "rule",
    [
        PriceRule(charges=True, price=0),
        PriceRule(charges=True, price=-1),
        PriceRule(charges=True, price=1, no_funds="debt"),
        PriceRule(charges=True, price=1, debt_limit=5),
        PriceRule(charges=True, price=1, no_funds="gift"),
    ],
)
def test_a_rule_that_makes_no_sense_is_not_kept(administration, rule):
    rule.provider_id, rule.department_id = administration.provider_id, administration.pk

    refused(rule.save)


def test_a_provider_that_refuses_has_no_debt_limit(north):
    refused(BillingSettings(provider=north, debt_limit=5).save, "billing_debt_has_limit")


def test_the_largest_grant_is_taken_back(bakery):
    given = grant(bakery, 100_000)

    correct(provider_id=bakery.provider_id, entry_id=given.pk, stamp=a_stamp())

    assert purse(bakery) == ("0.00", 0)
