"""An administrator, or the provider's billing, gives a person a place in an account."""

from dataclasses import dataclass

from django.db import transaction

from frontdesk.accounts.models import Account, Member
from frontdesk.accounts.models.account import Right
from frontdesk.support import errors
from frontdesk.support.actor import Actor
from frontdesk.support.invitations import person_to_invite, send_invitation
from frontdesk.support.settings import need_administrator, record_setting


@dataclass(frozen=True, slots=True)
class MemberFacts:
    """Who it is, and what he may read; an owner reads all of the account."""

    email: str
    name: str
    right: str = Right.OWN
    is_owner: bool = False


@dataclass(frozen=True, slots=True)
class PutMember:
    """The member as he is now, and whether he was invited by this."""

    member: Member
    is_new: bool


def put_member(*, by: Actor, account_id: int, facts: MemberFacts) -> PutMember:
    """Give the person with this address a place in an account of the provider, or change it.

    Who is new there gets a mail; who is known here by his address keeps his own name.
    Raises NotAllowed, BadValue or Account.DoesNotExist.
    """
    need_administrator(by)
    if facts.right not in Right.values:
        raise errors.BadValue("right", errors.BadValue.UNKNOWN)
    right = Right.ALL if facts.is_owner else Right(facts.right)
    with transaction.atomic():
        account = Account.objects.get(pk=account_id, provider_id=by.provider_id)
        user = person_to_invite(facts.email, facts.name)
        members = Member.objects.select_for_update(of=("self",)).select_related("user")
        member, is_new = members.get_or_create(
            account=account,
            user=user,
            defaults={
                "provider_id": by.provider_id,
                "right": right,
                "is_owner": facts.is_owner,
            },
        )
        if is_new:
            send_invitation(user, provider_id=by.provider_id)
            record_setting("member", member.pk, "invited", by=by)
        elif (member.right, member.is_owner) != (right, facts.is_owner):
            member.right, member.is_owner = right, facts.is_owner
            member.save(update_fields=["right", "is_owner"])
            record_setting("member", member.pk, "changed", by=by)
        return PutMember(member, is_new)
