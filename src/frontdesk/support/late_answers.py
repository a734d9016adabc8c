"""Answers that came later than promised, or not yet, give back what their tickets took."""

import logging

from django.db import transaction
from django.utils import timezone

from frontdesk.billing.actions.refund import refund
from frontdesk.billing.book import Stamp
from frontdesk.billing.errors import TooMuchReversed
from frontdesk.billing.models import EntryKind, LedgerEntry
from frontdesk.support.models import AnswerPromise, Ticket
from frontdesk.support.money import record_entry
from frontdesk.support.promises import was_kept

log = logging.getLogger(__name__)

BATCH = 500
TAKEN_BY_OPENING = (EntryKind.SPEND, EntryKind.PRICE)
# Kept in the ledger, where the client reads it.
REASON = "The answer came later than promised."


class PromisesLeft(Exception):
    """Some tickets failed and are due still; all others are settled."""


def settle_promises() -> int:
    """Settle every promise whose time has passed; return how many gave something back.

    To be run every few minutes. Run late, twice or side by side it gives back once; what staff
    gave back already is not given again. Each ticket has a transaction of its own. Raises
    PromisesLeft at the end, so that the job is tried again.
    """
    given_back, failed, last = 0, 0, 0
    while batch := _due_after(last):
        for number in batch:
            try:
                given_back += _settle(number)
            except Exception:
                failed += 1
                log.exception("the promise to ticket %s was not settled", number)
        last = batch[-1]
    if failed:
        raise PromisesLeft(f"{failed} tickets failed")
    return given_back


def _due_after(last: int) -> list[int]:
    due = AnswerPromise.objects.filter(settled_at__isnull=True, due_at__lt=timezone.now())
    rows = due.filter(pk__gt=last).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:BATCH])


@transaction.atomic
def _settle(number: int) -> bool:
    # The ticket first, as a reply does: an answer that is being written is waited for.
    ticket = Ticket.objects.locked().get(pk=number)
    promise = AnswerPromise.objects.filter(settled_at__isnull=True, ticket=ticket).first()
    if promise is None:
        return False
    promise.ticket = ticket
    gives_back = not was_kept(promise) and _give_back(ticket)
    promise.settled_at = timezone.now()
    promise.save(update_fields=["settled_at"])
    return gives_back


def _give_back(ticket: Ticket) -> bool:
    """Reverse all that is left of what the ticket took when it was opened."""
    taken = LedgerEntry.objects.filter(ticket=ticket, kind__in=TAKEN_BY_OPENING).first()
    if taken is None:
        return False
    stamp = Stamp(None, f"late:{ticket.pk}", REASON)
    try:
        entry = refund(provider_id=ticket.provider_id, entry_id=taken.pk, stamp=stamp)
    except TooMuchReversed:
        return False
    if entry.is_new:
        record_entry(entry)
    return entry.is_new
