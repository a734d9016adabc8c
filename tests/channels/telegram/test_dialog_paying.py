"""A ticket that costs something: said before it is sent, agreed to by a button that names it."""

import pytest

from frontdesk.channels.telegram.steps.offers import FREE
from tests.channels.telegram.imagined import (
    FIVE_EUROS,
    ONE_OF_THREE,
    PAID,
    SIX_EUROS,
    TOO_POOR,
    Chat,
)


@pytest.fixture
def chat() -> Chat:
    chat = Chat(providers=(PAID,))
    chat.send("/createticket")
    return chat


def describe(chat: Chat) -> None:
    chat.send("New owner")
    chat.press("Skip")
    chat.send("The company has a new name.")


@pytest.fixture
def described(chat: Chat) -> Chat:
    chat.press("Administration · 5.00 EUR")
    chat.press("Go on")
    describe(chat)
    return chat


@pytest.mark.parametrize(
    ("offer", "label"),
    [
        (FIVE_EUROS, "Administration · 5.00 EUR"),
        (TOO_POOR, "Administration · 5.00 EUR"),
        (ONE_OF_THREE, "Administration · 3 available"),
        (FREE, "Administration · Free"),
    ],
)
def test_each_department_names_what_it_takes(offer, label):
    chat = Chat(providers=(PAID,), offer=offer)

    chat.send("/createticket")

    assert [label] in chat.labels


def test_a_price_is_told_before_anything_is_written(chat):
    chat.press("Administration · 5.00 EUR")

    assert chat.last.html == (
        "You have no available tickets. This ticket costs <b>5.00 EUR</b>. Balance 20.00 EUR, "
        "after sending 15.00 EUR. You will confirm before it is sent."
    )
    assert chat.labels == [["Go on", "Back"], ["Cancel"]]


def test_an_available_ticket_is_used_without_a_question(chat):
    chat.offer = ONE_OF_THREE
    chat.send("/createticket")
    chat.press("Administration · 3 available")
    describe(chat)

    chat.press("Complete")

    assert len(chat.opened) == 1


def test_who_cannot_pay_is_told_where_to(chat):
    chat.offer = TOO_POOR
    chat.send("/createticket")

    chat.press("Administration · 5.00 EUR")

    assert chat.last.html == (
        "This ticket costs 5.00 EUR and your balance is 2.00 EUR. Top up in the account area, "
        "or choose another department."
    )
    assert chat.labels == [["Top up", "Back"], ["Cancel"]]
    assert chat.last.buttons[0][0].url == "https://pay.northhost.example/"


def test_back_leads_to_the_departments(chat):
    chat.press("Administration · 5.00 EUR")

    chat.press("Back")

    assert chat.last.html == "Choose a department."


def test_complete_asks_for_the_price_first(described):
    described.press("Complete")

    assert described.last.html == (
        "Send the ticket to Administration for <b>5.00 EUR</b>? Balance after sending 15.00 EUR."
    )
    assert described.labels == [["Pay 5.00 EUR and send"], ["Back", "Cancel"]]
    assert described.opened == []


def test_the_button_that_names_the_price_sends(described):
    described.press("Complete")

    described.press("Pay 5.00 EUR and send")

    assert [text for _subject, text, _files in described.opened] == ["The company has a new name."]


def test_a_price_that_changed_meanwhile_asks_again(described):
    described.press("Complete")
    described.offer = SIX_EUROS

    described.press("Pay 5.00 EUR and send")

    assert described.opened == []
    assert described.last.html == (
        "The price has changed from 5.00 EUR to 6.00 EUR. Nothing was charged."
    )
    described.press("Pay 6.00 EUR and send")
    assert len(described.opened) == 1


def test_the_button_of_the_older_price_agrees_to_nothing(described):
    described.press("Complete")
    older = described.last
    described.offer = SIX_EUROS
    described.press("Pay 5.00 EUR and send")
    described.said.append(older)

    described.press("Pay 5.00 EUR and send")

    assert described.opened == []


def test_the_last_available_ticket_may_be_gone_when_it_is_sent(chat):
    chat.offer = ONE_OF_THREE
    chat.send("/createticket")
    chat.press("Administration · 3 available")
    describe(chat)
    chat.offer = FIVE_EUROS

    chat.press("Complete")

    assert chat.opened == []
    assert "This ticket must be paid now: <b>5.00 EUR</b>." in chat.last.html


def test_what_became_free_is_said_before_it_is_sent(described):
    described.offer = ONE_OF_THREE

    described.press("Complete")
    assert "uses 1 of your 3 available tickets now" in described.last.html
    described.press("Complete")

    assert len(described.opened) == 1


def test_words_at_the_price_are_no_dead_end(chat):
    chat.press("Administration · 5.00 EUR")

    chat.send("hello?")

    assert chat.labels == [["Go on", "Back"], ["Cancel"]]
