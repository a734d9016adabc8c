"""Prices, packages, tokens and the report: set by administrators, each change told once."""

from decimal import Decimal

import pytest
from django.test import Client

from frontdesk.accounts.api_tokens import find_token
from frontdesk.accounts.models.api_token import ApiToken
from frontdesk.billing.models import BillingSettings, Gift, Package, Plan, PriceRule
from frontdesk.support.models import Event, Schedule
from tests.billing.money import charge_for, pay_in
from tests.channels.web.client.browser import Browser
from tests.channels.web.sign_in.people import signed_in
from tests.people import House

RULES = {"currency": "EUR", "no_funds": "refuse", "top_up_url": "https://pay.example/"}


@pytest.fixture
def ada_at(house: House) -> Client:
    client = Client()
    client.force_login(house.ada)
    return client


def price_address(house: House) -> str:
    return f"/northhost/settings/prices/{house.technical.pk}/"


def test_a_department_charges_after_saving_and_the_change_is_told(house: House, ada_at: Client):
    response = ada_at.post(price_address(house), {"charges": "1", "price": "5,50"})

    assert response.status_code == 303
    assert PriceRule.objects.get(department=house.technical).price == Decimal("5.50")
    assert Event.objects.get().data == {
        "what": "price",
        "id": house.technical.pk,
        "act": "changed",
    }


def test_a_late_answer_gives_back_where_that_is_set_and_the_client_reads_it(house, ada_at):
    week = [[[0, 1440]]] * 7
    place = {"department": house.technical, "provider": house.north}
    Schedule.objects.create(**place, time_zone="UTC", week=week, answer_within=240)
    ada_at.post(price_address(house), {"charges": "1", "price": "5", "gives_back_late": "on"})

    page = ada_at.get(price_address(house)).content.decode()
    form = signed_in(house.alice).get("/northhost/tickets/new/").content.decode()

    assert PriceRule.objects.get(department=house.technical).gives_back_late
    assert "Promised: within 4 hours of open time." in page
    assert "Answers within 4 hours. If it comes later, the ticket costs nothing" in form


def test_a_free_department_gives_nothing_back(house: House, ada_at: Client):
    ada_at.post(price_address(house), {"charges": "0", "gives_back_late": "on"})

    assert not PriceRule.objects.get(department=house.technical).gives_back_late


@pytest.mark.parametrize("price", ["5.00", "five"])
def test_a_price_typed_beside_free_is_asked_about(house: House, ada_at: Client, price: str):
    response = ada_at.post(price_address(house), {"charges": "0", "price": price})

    html = response.content.decode()
    assert response.status_code == 422
    assert "Free takes no price" in html
    assert f'value="{price}"' in html
    assert not PriceRule.objects.exists()


def test_a_department_becomes_free_and_keeps_its_price_for_later(house: House, ada_at: Client):
    ada_at.post(price_address(house), {"charges": "1", "price": "5.00"})

    response = ada_at.post(price_address(house), {"charges": "0", "price": "5.00"})

    assert response.status_code == 303
    assert not PriceRule.objects.get().charges


def test_a_wrong_price_comes_back_as_typed(house: House, ada_at: Client):
    response = ada_at.post(price_address(house), {"charges": "1", "price": "5,oo"})

    html = response.content.decode()
    assert response.status_code == 422
    assert "This is not an amount. Write it like 5.00." in html
    assert 'value="5,oo"' in html
    assert not PriceRule.objects.exists()


def test_the_preview_shows_each_kind_of_client_and_saves_nothing(house: House, ada_at: Client):
    form = {"charges": "1", "price": "5.00", "no_funds": "debt", "debt_limit": "9", "preview": "1"}

    html = ada_at.post(price_address(house), form).content.decode()

    assert "Uses 1 of 3 available tickets" in html
    assert "Balance 20.00 EUR, after sending 15.00 EUR" in html
    assert "Cannot be sent: 5.00 EUR are missing." in html
    assert not PriceRule.objects.exists()


def test_rules_are_saved_and_the_currency_stays_once_money_moved(house: House, ada_at: Client):
    address = "/northhost/settings/prices/"
    ada_at.post(address, {**RULES, "agents_may_charge": "on"})
    pay_in(house.bakery, "5.00")

    refused = ada_at.post(address, {**RULES, "currency": "USD"})

    assert BillingSettings.objects.get().agents_may_charge
    assert refused.status_code == 422
    assert "so it stays" in refused.content.decode()


def test_a_package_is_added_changed_and_taken_off_sale(house: House, ada_at: Client):
    form = {"name": "Ten", "quantity": "10", "price": "40.00", "is_offered": "on"}
    ada_at.post("/northhost/settings/packages/new/", form)
    package = Package.objects.get()

    del form["is_offered"]
    ada_at.post(f"/northhost/settings/packages/{package.pk}/", form)

    package.refresh_from_db()
    assert (package.quantity, package.lasts_days, package.is_offered) == (10, None, False)


def test_days_that_are_no_number_are_refused_and_not_taken_for_never(house: House, ada_at: Client):
    form = {"name": "Ten", "quantity": "10", "price": "40.00", "lasts_days": "a month"}

    response = ada_at.post("/northhost/settings/packages/new/", form)

    assert response.status_code == 422
    assert not Package.objects.exists()


def test_a_plan_of_another_provider_is_not_there(house: House, ada_at: Client):
    plan = Plan.objects.create(provider=house.south, name="M", quantity=5)

    response = ada_at.post(f"/northhost/settings/plans/{plan.pk}/", {"name": "X", "quantity": "1"})

    plan.refresh_from_db()
    assert (response.status_code, plan.name) == (404, "M")


def test_a_token_is_shown_once_and_ends_when_revoked(house: House):
    client, address = signed_in(house.ada), "/northhost/settings/tokens/"
    html = client.post(address, {"name": "Billing", "scopes": ["ledger:read"]}).content.decode()
    secret = html.partition('<code class="secret">')[2].partition("<")[0]
    assert find_token(secret) == ApiToken.objects.get()

    client.post(f"{address}{ApiToken.objects.get().pk}/revoke/")

    assert secret not in client.get(address).content.decode()
    assert find_token(secret) is None


def test_a_token_wants_a_fresh_sign_in(house: House):
    client = signed_in(house.ada)
    session = client.session
    session["account_authentication_methods"][0]["at"] -= 3600
    session.save()

    asked = client.post("/northhost/settings/tokens/", {"name": "B", "scopes": ["ledger:read"]})

    assert asked.headers["Location"].startswith("/security/confirm/?next=")
    assert not ApiToken.objects.exists()


def test_the_report_sums_up_and_its_file_holds_no_formula(house: House, ada_at: Client):
    house.bakery.name = "=1+1"
    house.bakery.save()
    pay_in(house.bakery, "5.00")

    page = ada_at.get("/northhost/settings/revenue/?by=account").content.decode()
    file = ada_at.get("/northhost/settings/revenue/?by=account&csv=1")

    assert "5.00" in page
    assert "'=1+1" in b"".join(file.streaming_content).decode()


@pytest.mark.parametrize("rows", [1, 30])
def test_each_page_about_money_takes_six_queries_however_much_is_set(
    house: House, rows: int, django_assert_max_num_queries
):
    for number in range(rows):
        name = f"Number {number}"
        Package.objects.create(provider=house.north, name=name, quantity=1, price=1)
        Plan.objects.create(provider=house.north, name=name, quantity=1)
        Gift.objects.create(provider=house.north, occasion="top_up", quantity=1)
        pay_in(house.bakery, "5.00")
    charge_for(house.technical)
    browser = Browser(house.ada)

    for name in ("prices", "packages", "new_package", "new_plan", "new_gift", "revenue"):
        with django_assert_max_num_queries(6):
            browser.open(f"settings_{name}")
    with django_assert_max_num_queries(6):
        browser.open("settings_price", house.technical.pk)


def test_typing_a_price_chooses_that_tickets_are_charged(ada_at: Client, house: House):
    page = ada_at.get(price_address(house)).content.decode()

    assert 'name="charges" value="1" id="charges"' in page
    assert 'data-chooses="charges"' in page
