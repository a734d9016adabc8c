"""Moves money and tickets of the bakery by the acts of the desk, as the tests of pages need it."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from frontdesk.accounts.models import Account
from frontdesk.billing.models import LedgerEntry
from frontdesk.billing.reversal import Part
from frontdesk.support.actions.charge_from_ticket import Charge, charge_from_ticket
from frontdesk.support.actions.grant_tickets import grant_tickets
from frontdesk.support.actions.refund_entry import refund_entry
from frontdesk.support.actions.top_up_account import top_up_account
from frontdesk.support.models import Ticket
from tests.billing.money import AGREED, charge_for
from tests.factories import a_ticket, new_key
from tests.people import House, as_staff


def give(house: House, account: Account, quantity: int, days: int | None = None) -> LedgerEntry:
    return grant_tickets(
        by=as_staff(house.hana),
        account_id=account.pk,
        quantity=quantity,
        expires_at=timezone.now() + timedelta(days=days) if days else None,
        reason="A thank you.",
        key=new_key(),
    )


def pay(house: House, amount: str) -> LedgerEntry:
    told = top_up_account(
        by=as_staff(house.hana),
        account_id=house.bakery.pk,
        amount=Decimal(amount),
        reason="Card.",
        key=new_key(),
    )
    return told.entry


def charge(house: House, ticket: Ticket, amount: str = "7.50") -> LedgerEntry:
    work = Charge(Decimal(amount), "Moved a mailbox", "A mailbox was moved.")
    return charge_from_ticket(by=as_staff(house.hana), number=ticket.pk, charge=work, key=new_key())


def give_back(house: House, entry: LedgerEntry, part: str = "") -> LedgerEntry:
    return refund_entry(
        by=as_staff(house.hana),
        entry_id=entry.pk,
        part=Part(Decimal(part)) if part else None,
        reason="Our mistake",
        key=new_key(),
    )


def paid_ticket(house: House, user=None) -> Ticket:
    charge_for(house.administration)
    return a_ticket(user or house.alice, house.administration, consent=AGREED)
