"""A ticket's page at the desk while others write: every part of it stays, and stays true."""

from playwright.sync_api import expect

from tests.e2e.test_desk_journeys import Come, a_new_ticket, at_desk, client_says


def test_the_clients_money_stays_when_news_come(person: Come) -> None:
    number = a_new_ticket(person, "What did this cost")
    page = at_desk(person, "sam", number)
    money = page.locator("#money")
    expect(money).to_contain_text("Available tickets")

    client_says(person, number, "And what is left")

    expect(page.get_by_role("log")).to_contain_text("And what is left")
    expect(money).to_contain_text("Available tickets")
    with page.expect_response(lambda answer: answer.url.endswith(f"/tickets/{number}/money/")):
        client_says(person, number, "Still there")
    expect(money).to_contain_text("Available tickets")


def test_the_page_of_the_send_guard_hears_what_comes_after_it(person: Come) -> None:
    number = a_new_ticket(person, "Three at once")
    page = at_desk(person, "sam", number)
    page.locator("[data-last-seen]").evaluate("field => { field.value = 1; }")
    page.locator("#reply-message").fill("Sam answers")
    page.get_by_role("button", name="Reply", exact=True).click()
    expect(page.locator(".guard")).to_be_visible()

    client_says(person, number, "One thing more")

    expect(page.get_by_role("log")).to_contain_text("One thing more")
    expect(page.locator("#reply-message")).to_have_value("Sam answers")
