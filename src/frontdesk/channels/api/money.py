"""Calls about money and tickets: top-up, grant, the ledger."""

from decimal import Decimal
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router

from frontdesk.accounts.models import Scope
from frontdesk.billing.ledger_pages import LedgerFilter, ledger_page
from frontdesk.channels.api.accounts import REFUSALS, load_account
from frontdesk.channels.api.needs import needs
from frontdesk.channels.api.once import Answer, answer, answer_once, key_of
from frontdesk.channels.api.problems import Refusal, Refused
from frontdesk.channels.api.schemas import (
    AccountId,
    EntryOut,
    GrantIn,
    LedgerOut,
    LedgerQuery,
    TopUpIn,
    TopUpOut,
)
from frontdesk.channels.api.sign_in import caller_of
from frontdesk.support.actions.grant_tickets import grant_tickets
from frontdesk.support.actions.top_up_account import top_up_account

router = Router(tags=["Money"])


@router.post(
    "/accounts/{account}/top-ups",
    **needs(Scope.BALANCE_WRITE, key=True),
    response={201: TopUpOut, REFUSALS | {400}: Refusal},
)
def top_up(request: HttpRequest, account: AccountId, payload: TopUpIn) -> HttpResponse:
    """Put a sum on the account's balance, in your currency, once for each Idempotency-Key."""
    caller = caller_of(request)
    found = load_account(caller, account)
    currency = caller.token.provider.currency
    if payload.currency not in {"", currency}:
        raise Refused(
            422,
            "wrong_currency",
            _("The balance is kept in %(currency)s.") % {"currency": currency},
            "currency",
        )

    def act() -> Answer:
        result = top_up_account(
            by=caller.actor,
            account_id=found.pk,
            amount=Decimal(payload.amount),
            reason=payload.reason,
            key=key_of(request),
        )
        gifts = [EntryOut.of(gift) for gift in result.gifts]
        return Answer(201, TopUpOut(entry=EntryOut.of(result.entry), gifts=gifts))

    return answer_once(request, payload, act)


@router.post(
    "/accounts/{account}/grants",
    **needs(Scope.ALLOWANCE_WRITE, key=True),
    response={201: EntryOut, REFUSALS | {400}: Refusal},
)
def grant(request: HttpRequest, account: AccountId, payload: GrantIn) -> HttpResponse:
    """Give the account tickets that need not be paid, once for each Idempotency-Key."""
    caller = caller_of(request)
    found = load_account(caller, account)

    def act() -> Answer:
        entry = grant_tickets(
            by=caller.actor,
            account_id=found.pk,
            quantity=payload.quantity,
            expires_at=payload.expires_at,
            reason=payload.reason,
            key=key_of(request),
        )
        return Answer(201, EntryOut.of(entry))

    return answer_once(request, payload, act)


@router.get(
    "/accounts/{account}/ledger",
    **needs(Scope.LEDGER_READ),
    response={200: LedgerOut, REFUSALS: Refusal},
)
def read_ledger(
    request: HttpRequest,
    account: AccountId,
    query: Annotated[LedgerQuery, Query()],
) -> HttpResponse:
    """Read the account's ledger, newest rows first, 50 at a time."""
    caller = caller_of(request)
    found = load_account(caller, account)
    page = ledger_page(
        provider_id=caller.provider_id,
        account_id=found.pk,
        wanted=LedgerFilter(kinds=(query.kind,) if query.kind else ()),
        older=query.older,
    )
    entries = [EntryOut.of(entry) for entry in page.entries]
    return answer(lambda: Answer(200, LedgerOut(entries=entries, older=page.older)))
