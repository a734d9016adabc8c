"""The bot against the real ledger: the price that was agreed to is taken, once."""

import pytest

from frontdesk.billing.models import LedgerEntry
from frontdesk.support.models import Ticket
from tests.billing.money import charge_for, grant, pay_in, purse


@pytest.fixture
def at_the_end(alices_chat, administration, bakery):
    """Alice has described a question to a department that charges 5.00 EUR."""
    charge_for(administration)
    pay_in(bakery, "20.00")
    alices_chat.send("/createticket")
    alices_chat.press("Administration · 5.00 EUR")
    alices_chat.press("Go on")
    alices_chat.send("New owner")
    alices_chat.press("Skip")
    alices_chat.send("The company has a new name.")
    return alices_chat


def test_the_agreed_price_is_taken_and_said(at_the_end, bakery):
    at_the_end.press("Complete")

    says = at_the_end.press("Pay 5.00 EUR and send")

    ticket = Ticket.objects.get()
    assert purse(bakery) == ("15.00", 0)
    assert says[-1]["html"] == (
        f"Ticket <b>#{ticket.pk}</b> is sent to Administration. We will write here when they "
        "answer. 5.00 EUR was charged. Balance 15.00 EUR."
    )


def test_complete_alone_charges_nothing(at_the_end, bakery):
    at_the_end.press("Complete")

    assert purse(bakery) == ("20.00", 0)
    assert not Ticket.objects.exists()


def test_a_price_raised_meanwhile_charges_nothing(at_the_end, administration, bakery):
    at_the_end.press("Complete")
    charge_for(administration, "6.00")

    says = at_the_end.press("Pay 5.00 EUR and send")

    assert says[-1]["html"] == (
        "The price has changed from 5.00 EUR to 6.00 EUR. Nothing was charged."
    )
    assert purse(bakery) == ("20.00", 0)


def test_an_available_ticket_is_used_and_said(alices_chat, administration, bakery):
    charge_for(administration)
    grant(bakery, 1)
    alices_chat.send("/createticket")
    alices_chat.press("Administration · 1 available")
    alices_chat.send("New owner")
    alices_chat.press("Skip")
    alices_chat.send("The company has a new name.")

    says = alices_chat.press("Complete")

    assert LedgerEntry.objects.filter(ticket=Ticket.objects.get()).count() == 1
    assert says[-1]["html"].endswith("One of your available tickets was used.")
