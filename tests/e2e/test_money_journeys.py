"""Money at the desk, moved with a script at hand."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.e2e.people import Person


def test_who_types_a_sum_gives_back_that_part_and_not_all(person: Callable[..., Person]) -> None:
    hana = person("hana")
    hana.go("/northhost/desk/clients/")
    page = hana.page
    page.get_by_role("link", name="Alice's Bakery").first.click()
    page.get_by_role("link", name="Ledger, top-up, refund").click()
    form = page.locator("form", has=page.locator("#top_up-amount"))
    form.locator("#top_up-amount").fill("5.00")
    form.get_by_label("Reason").fill("Paid in cash")
    form.get_by_role("button", name="Top up").click()
    row = page.locator(".moved li", has_text="Paid in cash").first
    row.get_by_role("link").click()

    expect(page.get_by_label("All that is left")).to_be_checked()
    page.locator("#amount").press_sequentially("1.00")
    expect(page.get_by_label("A part")).to_be_checked()
    page.get_by_label("Reason").fill("Typed wrong")
    page.get_by_role("button", name="Correct").click()

    expect(page.locator(".moved li").first).to_contain_text("1.00 EUR")
    assert hana.complaints == []


def test_who_types_a_price_does_not_save_a_free_department(person: Callable[..., Person]) -> None:
    ada = person("ada")
    ada.go("/northhost/settings/prices/")
    page = ada.page
    page.locator("main").get_by_role("link", name="Technical support").first.click()
    page.get_by_label("Free").check(force=True)

    page.locator("#price").press_sequentially("5.00")

    expect(page.locator("#charges")).to_be_checked()
    assert ada.complaints == []
