"""Sums and prices put into words."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from frontdesk.billing.errors import BillingRefused, CannotPay, OfferChanged, ReferenceReused
from frontdesk.billing.models import EntryKind, LedgerEntry
from frontdesk.billing.money import money_text
from frontdesk.billing.offers import Free, MustPay, UsesAllowance
from frontdesk.billing.summaries import TicketCost
from frontdesk.channels.web.amounts import sum_in
from frontdesk.support.models import EventKind


def taken_words(entry: LedgerEntry) -> str:
    """Return what opening a ticket took; it stands behind the sentence that it is sent."""
    if entry.kind == EntryKind.SPEND:
        return _("1 available ticket was used.")
    return _("%(price)s was charged. Balance %(balance)s.") % {
        "price": money_text(-entry.amount, entry.currency),
        "balance": money_text(entry.balance_after, entry.currency),
    }


def bought_words(entry: LedgerEntry) -> str:
    """Return what buying a package brought and took."""
    words = ngettext(
        "%(n)s ticket is yours. %(price)s was charged. Balance %(balance)s.",
        "%(n)s tickets are yours. %(price)s was charged. Balance %(balance)s.",
        entry.units,
    )
    return words % {
        "n": entry.units,
        "price": money_text(-entry.amount, entry.currency),
        "balance": money_text(entry.balance_after, entry.currency),
    }


def refused_package(error: BillingRefused, shown: str) -> str:
    """Return why a package was not bought; `shown` is the code that the form carried."""
    match error:
        case CannotPay(offer=offer):
            missing = money_text(offer.missing, offer.currency)
            return _("Your balance does not cover this package: %(sum)s are missing.") % {
                "sum": missing
            }
        case OfferChanged(offer=MustPay() as offer) if price_in(shown) not in {None, offer.price}:
            return _price_changed(offer, shown)
        case OfferChanged():
            return _("The package has changed. Nothing was charged; look at it and buy again.")
        case ReferenceReused():
            return _("This form bought something before. Nothing more was charged.")
    return _("This cannot be bought now. Nothing was charged.")


def moved_words(kind: EventKind, data: dict[str, Any], who: str) -> str:
    """Return what an event in a ticket's thread moved, as staff read it; `who` may be empty."""
    amount = Decimal(data["amount"])
    if kind == EventKind.REFUNDED:
        what = money_text(amount, data["currency"]) if amount else _("1 available ticket")
        words = _("%(who)s gave back %(what)s") if who else _("%(what)s was given back by itself")
        return words % {"who": who, "what": what}
    facts = {"who": who, "sum": money_text(abs(amount), data["currency"])}
    if kind == EventKind.CHARGED:
        return _("%(who)s charged %(sum)s") % facts
    if amount:
        return _("%(sum)s was charged for this ticket") % facts
    return _("1 available ticket was used for this ticket")


def line_words(entry: LedgerEntry) -> str:
    """Return what a ledger row did for a ticket, as its client reads it in the thread."""
    facts = {"sum": money_text(abs(entry.amount), entry.currency), "why": entry.reason}
    match entry.kind:
        case EntryKind.SPEND:
            return _("1 available ticket was used")
        case EntryKind.PRICE:
            return _("%(sum)s was charged") % facts
        case EntryKind.CHARGE:
            return _("Support charged %(sum)s") % facts
    if entry.amount:
        return _("%(sum)s was refunded: %(why)s") % facts
    return _("1 available ticket was given back: %(why)s") % facts


def signed_tickets(units: int) -> str:
    """Return how many tickets a ledger row added or took: +3 tickets, −1 ticket."""
    words = ngettext("%(n)s ticket", "%(n)s tickets", abs(units))
    return words % {"n": f"{'+' if units > 0 else '−'}{abs(units)}"}


def cost_words(cost: TicketCost) -> str:
    """Return what a ticket has cost, less what was given back: a ticket, a sum, or both."""
    parts = []
    if cost.units:
        words = ngettext("%(n)s available ticket", "%(n)s available tickets", cost.units)
        parts.append(words % {"n": cost.units})
    if cost.amount:
        parts.append(money_text(cost.amount, cost.currency))
    return ", ".join(parts)


def refused_price(error: BillingRefused, shown: str) -> str:
    """Return why a ticket was not sent for its price; `shown` is the code that the form carried.

    Whatever it is, nothing was charged.
    """
    if isinstance(error, CannotPay):
        missing = money_text(error.offer.missing, error.offer.currency)
        return _("Your balance does not cover this ticket: %(sum)s are missing.") % {"sum": missing}
    if not isinstance(error, OfferChanged):
        return _("Confirm the price, or choose a free department. Nothing was charged.")
    match error.offer:
        case Free():
            return _("This department is free now. Nothing was charged; send it again.")
        case UsesAllowance():
            return _("You have available tickets now. Nothing was charged; send it again.")
        case MustPay() as offer:
            return _price_changed(offer, shown)
        case _:
            return _("The price has changed. Please confirm again. Nothing was charged.")


def _price_changed(offer: MustPay, shown: str) -> str:
    now = money_text(offer.price, offer.currency)
    before = price_in(shown)
    if before is None:
        return _(
            "This ticket must be paid now: %(price)s. Confirm the price. Nothing was charged."
        ) % {"price": now}
    if before == offer.price:
        return _("Confirm that your balance falls below zero. Nothing was charged.")
    return _("The price has changed from %(before)s to %(now)s. Please confirm again.") % {
        "before": money_text(before, offer.currency),
        "now": now,
    }


def price_in(shown: str) -> Decimal | None:
    """Return the price in the code of an offer that was shown; None where it named none."""
    parts = shown.split(":")
    if len(parts) < 3 or parts[0] not in {"pay", "debt", "short"}:
        return None
    return sum_in(parts[1])
