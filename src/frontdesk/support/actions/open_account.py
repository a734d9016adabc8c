"""Those who lead the desk make a client account by hand."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction

from frontdesk.accounts.models import Account, Member
from frontdesk.accounts.models.account import Right
from frontdesk.billing.actions.grant_for_event import grant_for_event
from frontdesk.billing.models import Occasion
from frontdesk.support import errors
from frontdesk.support.actions.put_account import NAME_LENGTH, checked_id
from frontdesk.support.actor import Actor
from frontdesk.support.invitations import Invitee, person_to_invite, send_invitation
from frontdesk.support.money import record_entry
from frontdesk.support.once import AlreadyDone, Once, claim, digest_of
from frontdesk.support.settings import need_head, one_line, record_setting

ID_UNIQUE = "account_external_id_unique"


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """What a client account is called; `external_id` is empty where no billing knows it."""

    name: str
    external_id: str = ""


def open_account(*, by: Actor, facts: AccountFacts, owner: Invitee, key: str) -> Account:
    """Make an account with its owner, who is sent a mail; the same key again makes no other.

    It gets what the provider gives on registration. Raises NotAllowed, BadKey or BadValue, whose
    field is `account_name`, `external_id`, or one of the owner's.
    """
    need_head(by)
    name, external_id = checked_facts(facts)
    once = Once(f"{by.channel}:{by.provider_id}:{by.user.pk}:account", key, digest_of(facts, owner))
    try:
        with transaction.atomic():
            account = Account(
                pk=claim(once, Account),
                provider_id=by.provider_id,
                name=name,
                external_id=external_id,
            )
            account.save(force_insert=True)
            _let_in(account, owner, by=by)
            return account
    except AlreadyDone as done:
        return Account.objects.get(pk=done.result_id, provider_id=by.provider_id)
    except IntegrityError as error:
        raise taken_id(error) from error


def checked_facts(facts: AccountFacts) -> tuple[str, str]:
    """Return the name and the id as they are kept. Raises BadValue."""
    name = one_line("account_name", facts.name, most=NAME_LENGTH)
    has_id = facts.external_id.strip()
    return name, checked_id("external_id", facts.external_id) if has_id else ""


def taken_id(error: IntegrityError) -> Exception:
    """Return what to raise: the id is another account's, or else the error itself."""
    if ID_UNIQUE in str(error):
        return errors.BadValue("external_id", errors.BadValue.TAKEN)
    return error


def _let_in(account: Account, owner: Invitee, *, by: Actor) -> None:
    user = person_to_invite(owner.email, owner.name)
    member = Member.objects.create(
        provider_id=account.provider_id,
        account=account,
        user=user,
        right=Right.ALL,
        is_owner=True,
    )
    record_setting("account", account.pk, "created", by=by)
    record_setting("member", member.pk, "invited", by=by)
    send_invitation(user, provider_id=by.provider_id)
    gifts = grant_for_event(
        provider_id=by.provider_id, account_id=account.pk, occasion=Occasion.REGISTRATION
    )
    for gift in gifts:
        record_entry(gift)
