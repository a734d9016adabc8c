"""Calls about accounts, their members and services."""

from django.http import HttpRequest, HttpResponse
from ninja import Router

from frontdesk.accounts.models import Account, Scope
from frontdesk.billing.summaries import account_summary
from frontdesk.channels.api.needs import needs
from frontdesk.channels.api.once import Answer, answer
from frontdesk.channels.api.problems import Refusal
from frontdesk.channels.api.schemas import (
    AccountId,
    AccountIn,
    AccountOut,
    MemberIn,
    MemberOut,
    ServiceId,
    ServiceIn,
    ServiceOut,
)
from frontdesk.channels.api.sign_in import Caller, caller_of
from frontdesk.support.actions.put_account import put_account
from frontdesk.support.actions.put_member import MemberFacts, put_member
from frontdesk.support.actions.put_service import ServiceFacts, put_service

router = Router(tags=["Accounts"])

REFUSALS = frozenset({401, 403, 404, 409, 422, 429})


@router.put(
    "/accounts/{account}",
    **needs(Scope.ACCOUNTS_WRITE),
    response={200: AccountOut, 201: AccountOut, REFUSALS: Refusal},
)
def save_account(request: HttpRequest, account: AccountId, payload: AccountIn) -> HttpResponse:
    """Create the account with this id of your billing, or change its name."""
    caller = caller_of(request)

    def act() -> Answer:
        put = put_account(by=caller.actor, external_id=account, name=payload.name)
        return Answer(201 if put.is_new else 200, _account_out(caller, put.account))

    return answer(act)


@router.get(
    "/accounts/{account}",
    **needs(Scope.ACCOUNTS_READ),
    response={200: AccountOut, REFUSALS: Refusal},
)
def read_account(request: HttpRequest, account: AccountId) -> HttpResponse:
    """Read an account: its balance, its available tickets and when the next ones lapse."""
    caller = caller_of(request)
    found = load_account(caller, account)
    return answer(lambda: Answer(200, _account_out(caller, found)))


@router.post(
    "/accounts/{account}/members",
    **needs(Scope.ACCOUNTS_WRITE),
    response={200: MemberOut, 201: MemberOut, REFUSALS: Refusal},
)
def invite_member(request: HttpRequest, account: AccountId, payload: MemberIn) -> HttpResponse:
    """Invite a person by e-mail, or change the place he has. Sent twice it invites once."""
    caller = caller_of(request)
    found = load_account(caller, account)

    def act() -> Answer:
        facts = MemberFacts(payload.email, payload.name, payload.right, payload.is_owner)
        put = put_member(by=caller.actor, account_id=found.pk, facts=facts)
        return Answer(201 if put.is_new else 200, MemberOut.of(put.member))

    return answer(act)


@router.put(
    "/accounts/{account}/services/{service}",
    **needs(Scope.SERVICES_WRITE),
    response={200: ServiceOut, 201: ServiceOut, REFUSALS: Refusal},
)
def save_service(
    request: HttpRequest, account: AccountId, service: ServiceId, payload: ServiceIn
) -> HttpResponse:
    """Create the service with this id, or bring it up to date. It stays with its account."""
    caller = caller_of(request)
    found = load_account(caller, account)

    def act() -> Answer:
        facts = ServiceFacts(**payload.model_dump())
        put = put_service(by=caller.actor, account_id=found.pk, external_id=service, facts=facts)
        return Answer(201 if put.is_new else 200, ServiceOut.of(put.service, found))

    return answer(act)


def load_account(caller: Caller, external_id: str) -> Account:
    """Return the provider's account with this id. Raises Account.DoesNotExist."""
    own = Account.objects.filter(provider_id=caller.provider_id).exclude(external_id="")
    return own.get(external_id=external_id)


def _account_out(caller: Caller, account: Account) -> AccountOut:
    summary = account_summary(provider_id=caller.provider_id, account_id=account.pk)
    return AccountOut.of(account, summary, caller.token.provider.currency)
