"""What people read of money: the ledger, summaries, reports, the doctor's check."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from frontdesk.billing.actions.correct import correct
from frontdesk.billing.actions.grant_allowance import grant_allowance
from frontdesk.billing.actions.lapse_lots import lapse_lots
from frontdesk.billing.actions.refund import refund
from frontdesk.billing.checks import BrokenAccount, check_ledgers
from frontdesk.billing.ledger_pages import LedgerFilter, csv_rows, ledger_page, ledger_rows
from frontdesk.billing.models import BillingSettings
from frontdesk.billing.prices import Price, Situation, preview
from frontdesk.billing.revenue import GroupBy, revenue_csv_rows, revenue_report, total
from frontdesk.billing.reversal import Part
from frontdesk.billing.rights import may_charge
from frontdesk.billing.summaries import account_summary, ticket_costs
from frontdesk.shared.csv_cells import csv_lines
from tests.billing.money import (
    a_stamp,
    a_ticket,
    charge_for,
    clock_at,
    euros,
    grant,
    pay_in,
    take,
)

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
LATER = datetime(2100, 1, 1, tzinfo=UTC)


def page(account, wanted=None, **keys):
    return ledger_page(
        provider_id=account.provider_id,
        account_id=account.pk,
        wanted=wanted or LedgerFilter(),
        **keys,
    )


def kinds(page):
    return [entry.kind for entry in page.entries]


def test_the_ledger_is_read_newest_first_and_only_of_this_account(bakery, carols_account):
    pay_in(bakery, "5.00")
    pay_in(carols_account, "7.00")
    grant(bakery, 1)

    assert kinds(page(bakery)) == ["grant", "top_up"]


def test_pages_of_the_ledger_lead_there_and_back(bakery, monkeypatch):
    monkeypatch.setattr("frontdesk.billing.ledger_pages.PAGE_SIZE", 2)
    for amount in ("1.00", "2.00", "3.00", "4.00", "5.00"):
        pay_in(bakery, amount)

    first = page(bakery)
    second = page(bakery, older=first.older)
    last = page(bakery, older=second.older)
    back = page(bakery, newer=second.newer)

    amounts = [
        [int(entry.amount) for entry in each.entries] for each in (first, second, last, back)
    ]
    assert amounts == [[5, 4], [3, 2], [1], [5, 4]]
    assert (first.newer, last.older, back.newer) == ("", "", "")


@pytest.mark.parametrize("key", ["x", "-1", "9" * 30, "١٢", "1e3"])
def test_a_made_up_page_key_gives_the_newest_rows(bakery, key):
    pay_in(bakery, "5.00")

    assert kinds(page(bakery, older=key)) == ["top_up"]


def test_the_ledger_is_filtered_by_kind_ticket_and_time(bakery, alice, administration):
    charge_for(administration)
    pay_in(bakery, "5.00")
    ticket = a_ticket(alice, administration)
    take(ticket)

    assert kinds(page(bakery, LedgerFilter(kinds=("top_up", "grant")))) == ["top_up"]
    assert kinds(page(bakery, LedgerFilter(ticket_id=ticket.pk))) == ["price"]
    assert kinds(page(bakery, LedgerFilter(since=LATER))) == []
    assert kinds(page(bakery, LedgerFilter(until=LONG_AGO))) == []
    assert kinds(page(bakery, LedgerFilter(since=LONG_AGO, until=LATER))) == ["price", "top_up"]


def test_a_page_of_the_ledger_costs_one_query(bakery, sam, django_assert_num_queries):
    for _turn in range(3):
        grant(bakery, 1)

    with django_assert_num_queries(1):
        [(entry.by, entry.lot) for entry in page(bakery).entries]


def test_the_ledger_as_csv_runs_no_formula(bakery, sam):
    grant_allowance(
        provider_id=bakery.provider_id,
        account_id=bakery.pk,
        quantity=2,
        expires_at=None,
        stamp=a_stamp(sam, "=HYPERLINK(1)"),
    )
    rows = ledger_rows(provider_id=bakery.provider_id, account_id=bakery.pk, wanted=LedgerFilter())

    heading, line = csv_lines(csv_rows(rows))

    assert heading.startswith("Number,Time,What,Ticket,Amount,Balance after")
    assert line.endswith(",Tickets granted,,0.00,0.00,EUR,2,2,'=HYPERLINK(1),Sam Example\r\n")


def test_the_summary_says_what_is_there_and_what_lapses_next(bakery, django_assert_num_queries):
    soon, later = timezone.now() + timedelta(days=2), timezone.now() + timedelta(days=9)
    pay_in(bakery, "20.00")
    for quantity, when in ((1, soon), (2, soon), (4, later), (5, None)):
        grant(bakery, quantity, when)

    with django_assert_num_queries(1):
        summary = account_summary(provider_id=bakery.provider_id, account_id=bakery.pk)

    assert (summary.balance, summary.available) == (20, 12)
    assert (summary.next_lapse_at, summary.next_lapse_units) == (soon, 3)


def test_an_account_without_any_row_has_nothing(bakery):
    summary = account_summary(provider_id=bakery.provider_id, account_id=bakery.pk)

    assert (str(summary.balance), summary.available, summary.next_lapse_at) == ("0.00", 0, None)


def test_a_tickets_cost_is_what_was_taken_less_what_was_given_back(bakery, alice, administration):
    charge_for(administration)
    grant(bakery, 1)
    pay_in(bakery, "20.00")
    by_unit, paid, returned = (a_ticket(alice, administration) for _turn in range(3))
    entries = [take(ticket).entry for ticket in (by_unit, paid, returned)]
    for entry, part in ((entries[1], Part(euros("2.00"))), (entries[2], None)):
        refund(provider_id=entry.provider_id, entry_id=entry.pk, part=part, stamp=a_stamp())

    costs = ticket_costs(
        provider_id=bakery.provider_id, ticket_ids=[by_unit.pk, paid.pk, returned.pk]
    )

    assert {key: (cost.units, cost.amount) for key, cost in costs.items()} == {
        by_unit.pk: (1, 0),
        paid.pk: (0, 3),
    }


@pytest.fixture
def a_month_of_support(bakery, carols_account, north, alice, carol, administration):
    """3 tickets given, 1 taken back, 1 used and returned; 20 paid in, 2 of 5 refunded."""
    with clock_at(datetime(2026, 3, 31, 22, 30, tzinfo=UTC)):
        charge_for(administration)
        given = grant(bakery, 3, datetime(2026, 4, 2, tzinfo=UTC))
        used = take(a_ticket(alice, administration)).entry
        pay_in(carols_account, "20.00")
        paid = take(a_ticket(carol, administration)).entry
        who = {"provider_id": north.pk}
        correct(**who, entry_id=given.pk, part=Part(units=1), stamp=a_stamp())
        refund(**who, entry_id=used.pk, stamp=a_stamp())
        refund(**who, entry_id=paid.pk, part=Part(euros("2.00")), stamp=a_stamp())
    with clock_at(datetime(2026, 4, 3, tzinfo=UTC)):
        lapse_lots()


def report(provider, group_by, since=LONG_AGO, until=LATER):
    return revenue_report(provider, since=since, until=until, group_by=group_by)


@pytest.mark.usefixtures("a_month_of_support")
def test_the_report_adds_up_by_department(north, administration, django_assert_num_queries):
    with django_assert_num_queries(1):
        lines = {line.key: line.figures for line in report(north, GroupBy.DEPARTMENT)}

    served, unbound = lines[administration.pk], lines[None]
    assert (served.units_spent, served.units_returned) == (1, 1)
    assert (served.tickets, served.refunded, served.earned) == (5, 2, 3)
    assert (unbound.units_given, unbound.units_lapsed, unbound.topped_up) == (2, 2, 20)


@pytest.mark.usefixtures("a_month_of_support")
def test_the_report_by_account_has_the_same_total(north, bakery, carols_account):
    by_account = report(north, GroupBy.ACCOUNT)

    assert [line.label for line in by_account] == [bakery.name, carols_account.name]
    assert total(by_account) == total(report(north, GroupBy.DEPARTMENT))
    assert total(by_account).earned == 3


@pytest.mark.usefixtures("a_month_of_support")
def test_months_of_the_report_are_the_providers(north):
    north.time_zone = "Europe/Berlin"

    lines = report(north, GroupBy.MONTH)

    assert [line.key.isoformat() for line in lines] == ["2026-04-01"]
    [_heading, row] = revenue_csv_rows(lines, GroupBy.MONTH)
    assert (row[0], row[-1]) == ("2026-04", euros("3.00"))


@pytest.mark.usefixtures("a_month_of_support")
def test_the_report_holds_no_row_of_another_provider_or_time(north, south):
    assert report(south, GroupBy.ACCOUNT) == []
    assert report(north, GroupBy.ACCOUNT, until=LONG_AGO) == []
    assert total([]).earned == 0


def test_the_doctor_finds_nothing_in_a_sound_ledger(bakery, carols_account):
    pay_in(bakery, "20.00")
    grant(carols_account, 3)

    assert check_ledgers() == []


@pytest.mark.parametrize(
    ("damage", "fault"),
    [
        ("UPDATE billing_balance SET amount = amount + 1", "money"),
        ("UPDATE billing_balance SET units = units + 1", "units"),
        ("UPDATE billing_allowancelot SET remaining = remaining - 1", "lots"),
        (
            "UPDATE billing_allowancelot lot SET remaining = remaining"
            " + CASE WHEN id = (SELECT min(id) FROM billing_allowancelot) THEN -1 ELSE 1 END",
            "lot",
        ),
        ("DELETE FROM billing_balance", "money"),
    ],
)
def test_the_doctor_finds_what_was_changed_behind_the_ledger(bakery, damage, fault):
    pay_in(bakery, "20.00")
    grant(bakery, 3)
    grant(bakery, 3)
    connection.check_constraints()
    with connection.cursor() as cursor:
        for table in ("billing_balance", "billing_allowancelot"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute("ALTER TABLE billing_allowancelot DROP CONSTRAINT lot_holds_what_it_had")
        cursor.execute(damage)

    assert check_ledgers() == [BrokenAccount(bakery.pk, fault)]


def test_the_preview_shows_each_kind_of_client_his_offer(north):
    BillingSettings.objects.create(
        provider=north,
        no_funds="debt",
        debt_limit=euros("10.00"),
        top_up_url="https://pay.example/",
    )

    free = preview(Price(charges=False), north)
    paid = preview(Price(charges=True, price=euros("5.00")), north)
    strict = preview(Price(charges=True, price=euros("5.00"), no_funds="refuse"), north)

    assert [(s.situation, s.offer.kind) for s in free] == [(Situation.ANY, "free")]
    assert [s.offer.code for s in paid] == [
        "unit",
        "pay:5.00:EUR",
        "debt:5.00:EUR",
        "short:5.00:EUR",
    ]
    assert [s.offer.kind for s in strict] == ["allowance", "pay", "cannot_pay"]


@pytest.mark.parametrize(
    ("price", "missing"), [("5.00", "2.50"), ("0.99", "0.50"), ("0.01", "0.01")]
)
def test_the_preview_of_too_little_has_half_of_the_price(north, price, missing):
    samples = preview(Price(charges=True, price=euros(price), no_funds="refuse"), north)

    [little] = [sample.offer for sample in samples if sample.situation == Situation.LITTLE]

    assert str(little.missing) == missing


@pytest.mark.parametrize(
    ("role", "agents_may", "is_allowed"),
    [
        ("agent", False, False),
        ("agent", True, True),
        ("head", False, True),
        ("administrator", False, True),
        ("guest", True, False),
    ],
)
def test_agents_charge_only_where_the_provider_lets_them(north, role, agents_may, is_allowed):
    BillingSettings.objects.create(provider=north, agents_may_charge=agents_may)

    assert may_charge(role=role, provider=north) is is_allowed
