"""An administrator sets prices and goods that make sense."""

from dataclasses import replace
from decimal import Decimal

import pytest

from frontdesk.billing.actions.save_gift import GiftFacts, save_gift
from frontdesk.billing.actions.save_package import PackageFacts, save_package
from frontdesk.billing.actions.save_plan import PlanFacts, save_plan
from frontdesk.billing.actions.set_billing_rules import Rules, set_billing_rules
from frontdesk.billing.actions.set_price_rule import set_price_rule
from frontdesk.billing.errors import BadSetting, CurrencyInUse, NoSuchPackage, NoSuchPlan
from frontdesk.billing.models import BillingSettings, Gift, PriceRule
from frontdesk.billing.prices import Price
from frontdesk.billing.promise import terms_of, terms_of_charge
from tests.billing.money import charge_for, euros, pay_in

TEN = PackageFacts("Ten tickets", 10, Decimal("40.00"), lasts_days=90)
RULES = Rules("USD", "https://pay.example/top-up", "debt", Decimal("10.00"))


def set_price(department, **price):
    return set_price_rule(
        provider_id=department.provider_id, department_id=department.pk, price=Price(**price)
    )


def test_a_department_without_its_own_rule_goes_by_the_providers(administration, north):
    set_billing_rules(provider_id=north.pk, rules=RULES)
    charge_for(administration)

    terms = terms_of(provider_id=north.pk, department_id=administration.pk)

    assert (terms.currency, terms.debt_limit, terms.top_up_url) == ("USD", 10, RULES.top_up_url)


@pytest.mark.parametrize(
    ("rule", "limit"), [({"no_funds": "refuse"}, 0), ({"no_funds": "debt", "debt_limit": 3}, 3)]
)
def test_a_department_rule_goes_before_the_providers(administration, north, rule, limit):
    set_billing_rules(provider_id=north.pk, rules=RULES)
    charge_for(administration, **{key: Decimal(v) if v == 3 else v for key, v in rule.items()})
    who = {"provider_id": north.pk, "department_id": administration.pk}

    assert terms_of(**who).debt_limit == limit
    assert terms_of_charge(**who, amount=euros("1.00")).debt_limit == limit


def test_a_department_made_free_is_free(administration):
    charge_for(administration)

    set_price(administration, charges=False)

    assert PriceRule.objects.get().price == 0
    assert terms_of(provider_id=administration.provider_id, department_id=administration.pk) is None


@pytest.mark.parametrize(
    ("price", "field"),
    [
        ({"price": euros("0.00")}, "price"),
        ({"price": euros("-1.00")}, "price"),
        ({"price": euros("1.005")}, "price"),
        ({"price": euros("1.00"), "no_funds": "later"}, "no_funds"),
        ({"price": euros("1.00"), "no_funds": "debt"}, "debt_limit"),
    ],
)
def test_a_senseless_price_is_refused_with_its_field(administration, price, field):
    with pytest.raises(BadSetting) as refusal:
        set_price(administration, charges=True, **price)

    assert refusal.value.field == field
    assert not PriceRule.objects.exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"currency": "EURO"}, "currency"),
        ({"currency": "eur"}, "currency"),
        ({"no_funds": ""}, "no_funds"),
        ({"debt_limit": Decimal(0)}, "debt_limit"),
        ({"top_up_url": "javascript:alert(1)"}, "top_up_url"),
        ({"top_up_url": "https://"}, "top_up_url"),
        ({"top_up_url": "https://a.example/" + "x" * 300}, "top_up_url"),
    ],
)
def test_senseless_rules_are_refused_with_their_field(north, change, field):
    with pytest.raises(BadSetting) as refusal:
        set_billing_rules(provider_id=north.pk, rules=replace(RULES, **change))

    assert refusal.value.field == field
    assert not BillingSettings.objects.exists()


def test_the_currency_stays_once_the_ledger_has_a_row(north, bakery):
    pay_in(bakery, "5.00")

    with pytest.raises(CurrencyInUse):
        set_billing_rules(provider_id=north.pk, rules=RULES)
    set_billing_rules(provider_id=north.pk, rules=replace(RULES, currency="EUR"))

    north.refresh_from_db()
    assert (north.currency, north.billing.debt_limit) == ("EUR", 10)


def test_a_package_is_added_changed_and_never_of_another_provider(north, south):
    package = save_package(provider_id=north.pk, package_id=None, facts=TEN)

    save_package(provider_id=north.pk, package_id=package.pk, facts=replace(TEN, quantity=12))
    with pytest.raises(NoSuchPackage):
        save_package(provider_id=south.pk, package_id=package.pk, facts=TEN)

    package.refresh_from_db()
    assert (package.name, package.quantity, package.lasts_days) == ("Ten tickets", 12, 90)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "x" * 61}, "name"),
        ({"quantity": 0}, "quantity"),
        ({"price": Decimal(0)}, "price"),
        ({"lasts_days": 0}, "lasts_days"),
        ({"lasts_days": 4000}, "lasts_days"),
    ],
)
def test_a_senseless_package_is_refused_with_its_field(north, change, field):
    with pytest.raises(BadSetting) as refusal:
        save_package(provider_id=north.pk, package_id=None, facts=replace(TEN, **change))

    assert refusal.value.field == field


def test_a_name_is_taken_once(north, south):
    for provider in (north, south):
        save_package(provider_id=provider.pk, package_id=None, facts=TEN)
        save_plan(provider_id=provider.pk, plan_id=None, facts=PlanFacts("Five a month", 5))

    with pytest.raises(BadSetting, match="name"):
        save_package(provider_id=north.pk, package_id=None, facts=TEN)
    with pytest.raises(BadSetting, match="name"):
        save_plan(provider_id=north.pk, plan_id=None, facts=PlanFacts("Five a month", 6))


def test_a_plan_is_added_changed_and_never_of_another_provider(north, south):
    plan = save_plan(provider_id=north.pk, plan_id=None, facts=PlanFacts("Five a month", 5))

    save_plan(provider_id=north.pk, plan_id=plan.pk, facts=PlanFacts("Six a month", 6))
    with pytest.raises(NoSuchPlan):
        save_plan(provider_id=south.pk, plan_id=plan.pk, facts=PlanFacts("Theirs", 6))

    plan.refresh_from_db()
    assert (plan.name, plan.quantity) == ("Six a month", 6)


def test_a_gift_of_a_registration_asks_no_sum(north, south):
    facts = GiftFacts("registration", 2, least_amount=euros("50.00"))

    gift = save_gift(provider_id=north.pk, gift_id=None, facts=facts)
    save_gift(provider_id=north.pk, gift_id=gift.pk, facts=replace(facts, occasion="top_up"))
    with pytest.raises(Gift.DoesNotExist):
        save_gift(provider_id=south.pk, gift_id=gift.pk, facts=facts)

    assert (gift.least_amount, Gift.objects.get().least_amount) == (0, 50)
    with pytest.raises(BadSetting, match="occasion"):
        save_gift(provider_id=north.pk, gift_id=None, facts=replace(facts, occasion="birthday"))
