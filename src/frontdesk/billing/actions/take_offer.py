"""A ticket is opened: what was shown is taken, in the transaction that opens it."""

from dataclasses import dataclass

from frontdesk.billing.book import Book, Stamp, earlier_entry, open_book, write
from frontdesk.billing.consent import Consent, check_consent
from frontdesk.billing.errors import ReferenceReused
from frontdesk.billing.lots import usable_lots
from frontdesk.billing.models import AllowanceLot, EntryKind, LedgerEntry
from frontdesk.billing.offers import (
    Free,
    MustPay,
    Offer,
    Terms,
    UsesAllowance,
    Wallet,
    make_offer,
)
from frontdesk.billing.renewal import renew_due_plans


@dataclass(frozen=True, slots=True)
class TicketPlace:
    """The ticket that something is taken for. Its row may come later in the transaction."""

    provider_id: int
    account_id: int
    department_id: int
    ticket_id: int


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of it: `entry` is None where nothing is taken; `renewed` are the rows of plan
    periods that turned out to have begun."""

    offer: Offer
    entry: LedgerEntry | None = None
    renewed: tuple[LedgerEntry, ...] = ()


def take_offer(*, place: TicketPlace, terms: Terms | None, consent: Consent, stamp: Stamp) -> Taken:
    """Take what the payer was shown: nothing, one of his tickets, or the price. `terms` is what
    the ticket's department asks, None where it is free.

    Call it inside the transaction that opens the ticket; if that is undone, nothing was taken.
    The same reference again takes nothing more and returns the first row. Records no event.
    Raises OfferChanged, PriceNotConfirmed or CannotPay, each with the offer to show now;
    NoSuchAccount, BadReference, ReferenceReused.
    """
    if terms is None:
        check_consent(Free(), consent)
        return Taken(Free())
    book = open_book(provider_id=place.provider_id, account_id=place.account_id)
    if entry := _earlier(book, place, stamp):
        return Taken(_offer_of(entry, terms), entry)
    renewed = tuple(renew_due_plans(book)) if book.has_due_plan else ()
    lots = usable_lots(book)
    available = sum(lot.remaining for lot in lots)
    offer = make_offer(terms, Wallet(book.balance, available))
    check_consent(offer, consent)
    entry = _take(offer, lots)
    entry.ticket_id = place.ticket_id
    entry.department_id = place.department_id
    return Taken(offer, write(book, entry, stamp), renewed)


def _earlier(book: Book, place: TicketPlace, stamp: Stamp) -> LedgerEntry | None:
    entry = earlier_entry(book, stamp, EntryKind.SPEND, EntryKind.PRICE)
    if entry and entry.ticket_id != place.ticket_id:
        raise ReferenceReused
    return entry


def _offer_of(entry: LedgerEntry, terms: Terms) -> Offer:
    if entry.kind == EntryKind.SPEND:
        return UsesAllowance(entry.units_after - entry.units)
    before = entry.balance_after - entry.amount
    return MustPay(-entry.amount, entry.currency, before, terms.debt_limit)


def _take(offer: Offer, lots: list[AllowanceLot]) -> LedgerEntry:
    if isinstance(offer, UsesAllowance):
        return LedgerEntry(kind=EntryKind.SPEND, units=-1, lot=lots[0])
    assert isinstance(offer, MustPay)
    return LedgerEntry(kind=EntryKind.PRICE, amount=-offer.price)
