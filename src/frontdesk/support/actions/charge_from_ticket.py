"""Staff charge for work from inside a ticket, and the client reads why."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from frontdesk.billing.actions.charge_ticket import charge_ticket
from frontdesk.billing.actions.take_offer import TicketPlace
from frontdesk.billing.models import LedgerEntry
from frontdesk.support.actions.reply import Answer, reply
from frontdesk.support.actor import Actor
from frontdesk.support.locking import lock_ticket
from frontdesk.support.money import money_stamp, need_money_right, record_entry


@dataclass(frozen=True, slots=True)
class Charge:
    """The sum, why, and the message that tells the client."""

    amount: Decimal
    reason: str
    message: str


def charge_from_ticket(*, by: Actor, number: int, charge: Charge, key: str) -> LedgerEntry:
    """Take a sum for a ticket from its account and post the message; return the ledger's row.

    The same key again takes nothing more and posts nothing. Raises NotAllowed,
    Ticket.DoesNotExist, TicketSolved, or what billing's charge_ticket and reply raise.
    """
    need_money_right(by)
    with transaction.atomic():
        # The ticket first, then its account's book: as everywhere.
        ticket = lock_ticket(by.reach, number)
        entry = charge_ticket(
            place=TicketPlace(
                ticket.provider_id, ticket.account_id, ticket.department_id, ticket.pk
            ),
            amount=charge.amount,
            stamp=money_stamp(by, "charge", key, charge.reason),
        )
        if entry.is_new:
            reply(by=by, number=number, answer=Answer(charge.message), key=f"charge-{key}")
            record_entry(entry, by=by)
        return entry
