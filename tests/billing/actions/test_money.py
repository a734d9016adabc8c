"""Money is taken and given back by rows that the ledger keeps for ever."""

from datetime import timedelta

import pytest
from django.utils import timezone

from frontdesk.billing.actions.buy_package import buy_package
from frontdesk.billing.actions.charge_ticket import charge_ticket
from frontdesk.billing.actions.correct import correct
from frontdesk.billing.actions.refund import refund
from frontdesk.billing.book import Stamp
from frontdesk.billing.consent import Consent
from frontdesk.billing.errors import (
    BadAmount,
    BadReason,
    CannotPay,
    NoSuchEntry,
    NoSuchPackage,
    NotReversible,
    OfferChanged,
    PriceNotConfirmed,
    ReferenceReused,
    TooMuchReversed,
)
from frontdesk.billing.models import BillingSettings, Package
from frontdesk.billing.packages import packages_for
from frontdesk.billing.reversal import Part
from frontdesk.billing.wallets import wallet_of
from tests.billing.money import (
    a_stamp,
    a_ticket,
    charge_for,
    euros,
    grant,
    pay_in,
    place_of,
    purse,
    take,
)


@pytest.fixture
def ticket(alice, administration):
    return a_ticket(alice, administration)


@pytest.fixture
def ten(north):
    return Package.objects.create(
        provider=north, name="Ten tickets", quantity=10, price=euros("40.00"), lasts_days=90
    )


def shown_to(account):
    wallet = wallet_of(provider_id=account.provider_id, account_id=account.pk)
    [(_package, offer)] = packages_for(provider_id=account.provider_id, wallet=wallet)
    return offer


def buy(account, package, consent=None, stamp=None):
    return buy_package(
        provider_id=account.provider_id,
        account_id=account.pk,
        package_id=package.pk,
        consent=consent or Consent(shown_to(account).code, is_confirmed=True),
        stamp=stamp or a_stamp(),
    )


def charge(ticket, amount, stamp=None):
    return charge_ticket(place=place_of(ticket), amount=euros(amount), stamp=stamp or a_stamp())


def give_back(entry, part=None, stamp=None):
    return refund(
        provider_id=entry.provider_id, entry_id=entry.pk, part=part, stamp=stamp or a_stamp()
    )


def take_back(entry, part=None, stamp=None):
    return correct(
        provider_id=entry.provider_id, entry_id=entry.pk, part=part, stamp=stamp or a_stamp()
    )


def test_a_package_turns_money_into_tickets_in_one_row(bakery, ten):
    pay_in(bakery, "100.00")

    entry = buy(bakery, ten)

    assert (entry.amount, entry.units) == (-40, 10)
    assert entry.lot.expires_at - entry.created_at == timedelta(days=90)
    assert purse(bakery) == ("60.00", 10)


def test_a_package_is_never_bought_into_debt(bakery, ten, north):
    BillingSettings.objects.create(provider=north, no_funds="debt", debt_limit=euros("100.00"))
    pay_in(bakery, "39.99")

    with pytest.raises(CannotPay):
        buy(bakery, ten)

    assert purse(bakery) == ("39.99", 0)


def test_a_package_with_another_price_or_fewer_tickets_asks_again(bakery, ten):
    pay_in(bakery, "100.00")
    shown = shown_to(bakery).code
    ten.quantity = 5
    ten.save()

    with pytest.raises(OfferChanged):
        buy(bakery, ten, Consent(shown, is_confirmed=True))
    with pytest.raises(PriceNotConfirmed):
        buy(bakery, ten, Consent())

    assert purse(bakery) == ("100.00", 0)


def test_a_package_is_bought_once_by_one_reference(bakery, ten):
    pay_in(bakery, "100.00")
    stamp = a_stamp()

    assert buy(bakery, ten, stamp=stamp) == buy(bakery, ten, stamp=stamp)

    assert purse(bakery) == ("60.00", 10)


def test_a_package_withdrawn_or_of_another_provider_cannot_be_bought(bakery, ten, south):
    foreign = Package.objects.create(
        provider=south, name="Theirs", quantity=10, price=euros("1.00")
    )
    consent = Consent(is_confirmed=True)
    Package.objects.filter(pk=ten.pk).update(is_offered=False)

    for package in (ten, foreign):
        with pytest.raises(NoSuchPackage):
            buy(bakery, package, consent)


def test_staff_charge_in_a_ticket_with_a_reason(ticket, bakery, sam):
    pay_in(bakery, "20.00")

    entry = charge(ticket, "7.50", a_stamp(sam, "Moving the shop"))

    assert (entry.kind, str(entry.amount), entry.reason) == ("charge", "-7.50", "Moving the shop")
    assert (entry.ticket, entry.department) == (ticket, ticket.department)
    assert purse(bakery) == ("12.50", 0)


def test_a_repeated_click_charges_once(ticket, bakery):
    pay_in(bakery, "20.00")
    stamp = a_stamp()

    assert charge(ticket, "7.50", stamp) == charge(ticket, "7.50", stamp)
    with pytest.raises(ReferenceReused):
        charge(ticket, "8.00", stamp)

    assert purse(bakery) == ("12.50", 0)


def test_a_charge_obeys_the_rule_of_the_department_about_debt(ticket, bakery, north):
    with pytest.raises(CannotPay):
        charge(ticket, "7.50")

    BillingSettings.objects.create(provider=north, no_funds="debt", debt_limit=euros("10.00"))
    charge(ticket, "7.50")
    charge_for(ticket.department, no_funds="refuse")
    with pytest.raises(CannotPay):
        charge(ticket, "1.00")

    assert purse(bakery) == ("-7.50", 0)


@pytest.mark.parametrize(("amount", "reason"), [("0", "why"), ("1.001", "why"), ("1", " ")])
def test_a_charge_wants_a_sum_and_a_reason(ticket, bakery, amount, reason):
    pay_in(bakery, "20.00")

    with pytest.raises((BadAmount, BadReason)):
        charge(ticket, amount, Stamp(None, "once", reason))

    assert purse(bakery) == ("20.00", 0)


def test_a_charge_is_given_back_in_parts_and_never_more_than_was_taken(ticket, bakery):
    pay_in(bakery, "20.00")
    taken = charge(ticket, "7.50")

    part = give_back(taken, Part(euros("5.00")))
    with pytest.raises(TooMuchReversed) as refusal:
        give_back(taken, Part(euros("2.51")))
    rest = give_back(taken)

    assert (part.amount, refusal.value.amount, rest.amount) == (5, euros("2.50"), euros("2.50"))
    assert (part.reverses, part.ticket, part.department) == (taken, ticket, ticket.department)
    assert purse(bakery) == ("20.00", 0)
    with pytest.raises(TooMuchReversed):
        give_back(taken)


def test_a_refund_happens_once_by_one_reference(ticket, bakery):
    pay_in(bakery, "20.00")
    taken, stamp = charge(ticket, "7.50"), a_stamp()

    first = give_back(taken, stamp=stamp)

    assert give_back(taken, stamp=stamp) == first
    with pytest.raises(ReferenceReused):
        give_back(taken, Part(euros("1.00")), stamp)


def test_a_refunded_ticket_is_a_ticket_again_and_no_money(ticket, bakery):
    charge_for(ticket.department)
    lot = grant(bakery, 2).lot
    spent = take(ticket).entry

    with pytest.raises(TooMuchReversed):
        give_back(spent, Part(amount=euros("5.00")))
    entry = give_back(spent)

    assert (entry.amount, entry.units, entry.lot) == (0, 1, lot)
    assert purse(bakery) == ("0.00", 2)


def test_a_package_given_back_takes_its_unused_tickets_along(bakery, ticket, ten):
    charge_for(ticket.department)
    pay_in(bakery, "40.00")
    bought = buy(bakery, ten)
    take(ticket)

    entry = give_back(bought)

    assert (entry.amount, entry.units) == (40, -9)
    assert purse(bakery) == ("40.00", 0)


def test_a_part_of_a_packages_money_is_given_back_and_the_tickets_stay(bakery, ten):
    pay_in(bakery, "40.00")
    bought = buy(bakery, ten)

    give_back(bought, Part(amount=euros("4.00")))

    assert purse(bakery) == ("4.00", 10)


def test_a_top_up_by_mistake_is_corrected_even_when_it_was_spent(bakery, ticket):
    wrong = pay_in(bakery, "500.00")
    charge(ticket, "100.00")

    take_back(wrong, Part(euros("450.00")))

    assert purse(bakery) == ("-50.00", 0)
    with pytest.raises(TooMuchReversed):
        take_back(wrong, Part(euros("50.01")))


def test_granted_tickets_are_taken_back_only_as_far_as_they_are_there(bakery, ticket):
    charge_for(ticket.department)
    given = grant(bakery, 3)
    take(ticket)

    with pytest.raises(TooMuchReversed) as refusal:
        take_back(given, Part(units=3))
    take_back(given)

    assert refusal.value.units == 2
    assert purse(bakery) == ("0.00", 0)


def test_a_refund_is_no_correction_and_neither_is_reversed_again(bakery, ticket):
    paid_in = pay_in(bakery, "20.00")
    taken = charge(ticket, "5.00")
    back = give_back(taken)

    for act, entry in ((give_back, paid_in), (take_back, taken), (give_back, back)):
        with pytest.raises(NotReversible):
            act(entry)


def test_a_row_of_another_provider_does_not_exist(bakery, south):
    entry = pay_in(bakery, "20.00")

    with pytest.raises(NoSuchEntry):
        correct(provider_id=south.pk, entry_id=entry.pk, stamp=a_stamp())


def test_times_of_one_ledger_never_run_backwards(bakery):
    before = timezone.now()

    times = [pay_in(bakery, "1.00").created_at for _turn in range(3)]

    assert [before, *times] == sorted([before, *times])
