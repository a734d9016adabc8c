"""Tells the dialogue what a ticket costs, and what one has cost."""

from frontdesk.billing.models import EntryKind, LedgerEntry
from frontdesk.billing.money import money_text
from frontdesk.billing.offers import CannotAfford, Free, MustPay, Offer, UsesAllowance
from frontdesk.billing.promise import offers_for
from frontdesk.channels.telegram.person import Person
from frontdesk.channels.telegram.steps.offers import FREE, Costs, OfferFact


def offers_of(person: Person) -> dict[tuple[int, int], OfferFact]:
    """Return what departments that charge take, by account and department; others are free."""
    return {
        (member.account_id, department_id): fact_of(offer)
        for member in person.members
        for department_id, offer in offers_for(
            provider_id=member.provider_id, account_id=member.account_id
        ).items()
    }


def fact_of(offer: Offer) -> OfferFact:
    """Return an offer with its sums in words."""
    match offer:
        case Free():
            return FREE
        case UsesAllowance():
            return OfferFact(Costs.ALLOWANCE, offer.code, available=offer.available)
        case MustPay():
            return OfferFact(
                Costs.MONEY,
                offer.code,
                price=money_text(offer.price, offer.currency),
                balance=money_text(offer.balance_now, offer.currency),
                balance_after=money_text(offer.balance_after, offer.currency),
            )
        case CannotAfford():
            return OfferFact(
                Costs.TOO_MUCH,
                offer.code,
                price=money_text(offer.price, offer.currency),
                balance=money_text(offer.balance_now, offer.currency),
                top_up_url=offer.top_up_url,
            )


def taken_for(ticket_id: int) -> OfferFact | None:
    """Return what was taken when the ticket was opened; None where it cost nothing."""
    kinds = (EntryKind.SPEND, EntryKind.PRICE)
    entry = LedgerEntry.objects.filter(ticket_id=ticket_id, kind__in=kinds).first()
    if entry is None:
        return None
    if entry.kind == EntryKind.SPEND:
        return OfferFact(Costs.ALLOWANCE, "unit", available=entry.units_after)
    return OfferFact(
        Costs.MONEY,
        "pay",
        price=money_text(-entry.amount, entry.currency),
        balance_after=money_text(entry.balance_after, entry.currency),
    )
