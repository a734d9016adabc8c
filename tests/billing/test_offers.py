"""What a ticket will cost, by arithmetic alone."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.billing.consent import Consent, check_consent
from frontdesk.billing.errors import BadAmount, CannotPay, OfferChanged, PriceNotConfirmed
from frontdesk.billing.money import checked_amount
from frontdesk.billing.offers import (
    CannotAfford,
    Free,
    MustPay,
    Terms,
    UsesAllowance,
    Wallet,
    make_offer,
)

FIVE = Terms(Decimal("5.00"), "EUR", top_up_url="https://pay.example/")
FIVE_WITH_DEBT = Terms(Decimal("5.00"), "EUR", debt_limit=Decimal("10.00"))
sums = st.decimals(min_value=-1000, max_value=1000, places=2)
prices = st.decimals(min_value="0.01", max_value=1000, places=2)


def test_a_department_without_terms_is_free():
    assert make_offer(None, Wallet()) == Free()


def test_tickets_are_used_before_money():
    offer = make_offer(FIVE, Wallet(Decimal(100), available=3))

    assert offer == UsesAllowance(3)
    assert offer.left_after == 2


def test_without_tickets_the_price_is_shown_with_the_balance_before_and_after():
    offer = make_offer(FIVE, Wallet(Decimal("20.00")))

    assert isinstance(offer, MustPay)
    assert (offer.price, offer.balance_now, offer.balance_after) == (5, 20, 15)
    assert not offer.is_debt


def test_too_little_says_what_is_missing_and_where_to_pay():
    offer = make_offer(FIVE, Wallet(Decimal("2.00")))

    assert isinstance(offer, CannotAfford)
    assert (offer.missing, offer.top_up_url) == (3, "https://pay.example/")


def test_debt_is_allowed_down_to_the_limit_and_no_further():
    at_limit = make_offer(FIVE_WITH_DEBT, Wallet(Decimal("-5.00")))
    beyond = make_offer(FIVE_WITH_DEBT, Wallet(Decimal("-5.01")))

    assert isinstance(at_limit, MustPay)
    assert at_limit.is_debt
    assert at_limit.balance_after == -10
    assert isinstance(beyond, CannotAfford)
    assert beyond.missing == Decimal("0.01")


@given(price=prices, limit=sums.filter(lambda s: s >= 0), balance=sums, available=st.integers(0, 9))
def test_an_offer_never_passes_the_limit_and_what_is_missing_would_be_enough(
    price, limit, balance, available
):
    terms = Terms(price, "EUR", limit)

    offer = make_offer(terms, Wallet(balance, available))

    if isinstance(offer, MustPay):
        assert offer.balance_after >= -limit
    if isinstance(offer, CannotAfford):
        assert isinstance(make_offer(terms, Wallet(balance + offer.missing)), MustPay)


def test_the_code_of_an_offer_tells_prices_and_debts_apart_but_not_numbers_of_tickets():
    pay = make_offer(FIVE, Wallet(Decimal("20.00")))
    debt = make_offer(FIVE_WITH_DEBT, Wallet(Decimal("1.00")))

    assert (pay.code, debt.code) == ("pay:5.00:EUR", "debt:5.00:EUR")
    assert UsesAllowance(3).code == UsesAllowance(2).code


def test_what_was_not_shown_is_not_taken():
    must_pay = make_offer(FIVE, Wallet(Decimal("20.00")))

    with pytest.raises(OfferChanged) as refusal:
        check_consent(must_pay, Consent(shown="unit", is_confirmed=True))
    assert refusal.value.offer == must_pay


def test_an_unconfirmed_price_is_not_taken():
    must_pay = make_offer(FIVE, Wallet(Decimal("20.00")))

    with pytest.raises(PriceNotConfirmed):
        check_consent(must_pay, Consent(shown=must_pay.code))


def test_a_yes_to_another_price_is_no_yes():
    must_pay = make_offer(FIVE, Wallet(Decimal("20.00")))

    with pytest.raises(OfferChanged):
        check_consent(must_pay, Consent(is_confirmed=True, price=Decimal("4.00")))


def test_without_funds_nothing_helps():
    short = make_offer(FIVE, Wallet())

    with pytest.raises(CannotPay):
        check_consent(short, Consent(shown=short.code, is_confirmed=True))


@pytest.mark.parametrize("shown", ["", "pay:5.00:EUR"])
def test_a_shown_and_confirmed_price_passes(shown):
    must_pay = make_offer(FIVE, Wallet(Decimal("20.00")))

    consent = Consent(shown, is_confirmed=True, price=Decimal("5.0"))

    assert check_consent(must_pay, consent) is None


@pytest.mark.parametrize(
    "amount", ["0", "-1", "0.001", "1.005", "100000000", "NaN", "Infinity", "-Infinity"]
)
def test_what_is_no_sum_of_money_is_refused_and_never_rounded(amount):
    with pytest.raises(BadAmount):
        checked_amount(Decimal(amount))


def test_a_sum_is_kept_with_two_digits():
    assert str(checked_amount(Decimal(5))) == "5.00"
    assert str(checked_amount(Decimal("1E+2"))) == "100.00"
