"""Staff charge for work from inside a ticket."""

from decimal import Decimal

from django.db import transaction

from frontdesk.billing.actions.take_offer import TicketPlace
from frontdesk.billing.book import (
    Stamp,
    check_same,
    earlier_entry,
    open_book,
    with_reason,
    write,
)
from frontdesk.billing.errors import CannotPay, ReferenceReused
from frontdesk.billing.models import EntryKind, LedgerEntry
from frontdesk.billing.money import checked_amount
from frontdesk.billing.offers import CannotAfford, make_price
from frontdesk.billing.promise import terms_of_charge


def charge_ticket(*, place: TicketPlace, amount: Decimal, stamp: Stamp) -> LedgerEntry:
    """Take a sum for a ticket from its account's balance, and return the row.

    The department's rule says how far below zero that may go. A reason is wanted, the client
    reads it. The same reference again takes nothing more. Who may charge is the caller's to
    check, and the message in the ticket and the event are his to write, in one transaction.
    Raises CannotPay, BadAmount, BadReason, NoSuchAccount, BadReference, ReferenceReused.
    """
    stamp = with_reason(stamp)
    amount = checked_amount(amount)
    with transaction.atomic():
        book = open_book(provider_id=place.provider_id, account_id=place.account_id)
        if entry := earlier_entry(book, stamp, EntryKind.CHARGE):
            check_same(entry, amount=-amount)
            if entry.ticket_id != place.ticket_id:
                raise ReferenceReused
            return entry
        terms = terms_of_charge(
            provider_id=place.provider_id, department_id=place.department_id, amount=amount
        )
        offer = make_price(terms, book.balance)
        if isinstance(offer, CannotAfford):
            raise CannotPay(offer)
        entry = LedgerEntry(
            kind=EntryKind.CHARGE,
            amount=-amount,
            ticket_id=place.ticket_id,
            department_id=place.department_id,
        )
        return write(book, entry, stamp)
