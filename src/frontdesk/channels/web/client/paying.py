"""What a client pays: said in the form before it is sent, and shown afterwards."""

from dataclasses import dataclass
from datetime import date, datetime

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from frontdesk.accounts.models import Account
from frontdesk.billing.consent import Consent
from frontdesk.billing.models import LedgerEntry, PriceRule
from frontdesk.billing.money import ZERO
from frontdesk.billing.offers import Free, Offer, Wallet
from frontdesk.billing.promise import offer_by, offers_for
from frontdesk.billing.summaries import (
    AccountSummary,
    TicketCost,
    entries_of_ticket,
)
from frontdesk.channels.web.amounts import sum_in
from frontdesk.channels.web.client.one_ticket import OneTicket
from frontdesk.channels.web.client.thread import Thread
from frontdesk.channels.web.money_words import (
    cost_words,
    line_words,
    price_in,
    taken_words,
)
from frontdesk.channels.web.visit import ClientVisit
from frontdesk.support.models import Department, Ticket

MOST_SYMBOLS = 60
# Who has more accounts chooses one in the ledger.
MOST_WALLETS = 5


@dataclass(frozen=True, slots=True)
class PricedDepartment:
    """A department and what a ticket to it takes."""

    department: Department
    offer: Offer


@dataclass(frozen=True, slots=True)
class WalletRow:
    """What an account has now; tickets of it lapse on `lapse_day` next."""

    account: Account
    purse: AccountSummary
    has_ledger: bool
    lapse_day: date | None


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """A line in the thread that says what was taken or given back."""

    pk: int
    words: str
    at: datetime


def priced(
    visit: ClientVisit, account_id: int | None, departments: list[Department]
) -> list[PricedDepartment]:
    """Return the departments with their offers for this account, in their order.

    Who has several accounts and chose none yet is told when he has.
    """
    accounts = visit.reach.accounts
    if account_id not in accounts and len(accounts) == 1:
        account_id = next(iter(accounts))
    offers: dict[int, Offer] = {}
    if account_id in accounts and account_id is not None:
        offers = _offers(visit, account_id, departments)
    return [
        PricedDepartment(department, offers.get(department.pk, Free()))
        for department in departments
    ]


def _offers(visit: ClientVisit, account_id: int, departments: list[Department]) -> dict[int, Offer]:
    rules: list[PriceRule] = [
        rule for one in departments if (rule := getattr(one, "price_rule", None)) and rule.charges
    ]
    if not rules:
        return {}
    purse = visit.purses.get(account_id)
    if purse is None:
        return offers_for(provider_id=visit.provider.pk, account_id=account_id)
    wallet = Wallet(purse.balance, purse.available)
    return {rule.department_id: offer_by(rule, wallet) for rule in rules}


def sent_words(visit: ClientVisit, ticket: Ticket) -> str:
    """Return that a ticket was sent, and what that took."""
    words = _("Ticket #%(number)s is sent to %(department)s.") % {
        "number": ticket.pk,
        "department": ticket.department.name,
    }
    taken = ticket.opening_entry if visit.has_money else None
    return f"{words} {taken_words(taken)}" if taken else words


def money_of(found: OneTicket) -> list[LedgerEntry]:
    """Return what was taken and given back for the ticket, oldest first."""
    if not found.has_cost:
        return []
    ticket = found.ticket
    return list(entries_of_ticket(provider_id=ticket.provider_id, ticket_id=ticket.pk))


def cost_of(rows: list[LedgerEntry]) -> str:
    """Return what the ticket has cost so far; empty where it was free, or all was given back."""
    if not rows:
        return ""
    units, amount = -sum(row.units for row in rows), -sum((row.amount for row in rows), ZERO)
    return cost_words(TicketCost(units, amount, rows[0].currency))


def lines_in(thread: Thread, rows: list[LedgerEntry]) -> dict[int, list[MoneyLine]]:
    """Return the lines about money by the message that they stand above; those at the end of
    the thread under 0. Lines of another stretch of the thread are left out."""
    lines: dict[int, list[MoneyLine]] = {}
    for row in rows:
        later = [entry for entry in thread.entries if entry.at > row.created_at]
        is_earlier = thread.since is not None and row.created_at <= thread.since
        if is_earlier or (not later and thread.has_later):
            continue
        place = later[0].pk if later else 0
        lines.setdefault(place, []).append(MoneyLine(row.pk, line_words(row), row.created_at))
    return lines


def wallet_rows(visit: ClientVisit) -> list[WalletRow]:
    """Return what the reader's accounts have, for Home; none where support costs nothing."""
    if not visit.has_money:
        return []
    ledgers = {account.pk for account in visit.ledgers}
    return [
        _wallet_row(account, visit.purses[account.pk], has_ledger=account.pk in ledgers)
        for account in visit.accounts[:MOST_WALLETS]
    ]


def _wallet_row(account: Account, purse: AccountSummary, *, has_ledger: bool) -> WalletRow:
    lapse = purse.next_lapse_at
    day = timezone.localtime(lapse).date() if lapse else None
    return WalletRow(account, purse, has_ledger, day)


def consent_in(values: QueryDict, department: str) -> Consent:
    """Return what the form showed of the department's price, and what was said to it.

    A box that was checked for one department and left for another agrees to the other's price
    only if it names that price.
    """
    shown = values.get(f"shown-{department}", "")[:MOST_SYMBOLS]
    said = values.getlist("confirm_price")
    prices = [price for price in map(sum_in, said) if price is not None]
    price = price_in(shown)
    agreed = price if price in prices else (prices[-1] if prices else None)
    return Consent(shown=shown, is_confirmed=bool(said), price=agreed)
