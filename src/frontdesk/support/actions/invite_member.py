"""A person is brought into an account, by its owner or by those who lead the desk."""

from django.db import transaction

from frontdesk.accounts.models import Member
from frontdesk.accounts.models.account import Right
from frontdesk.support import errors
from frontdesk.support.actor import Actor
from frontdesk.support.invitations import Invitee, person_to_invite, send_invitation
from frontdesk.support.membership import managed_accounts
from frontdesk.support.settings import record_setting


def invite_member(*, by: Actor, account_id: int, invitee: Invitee, right: str) -> Member:
    """Give a person a place in an account whose people the actor may change; a mail goes out.

    Returns the place. Raises Account.DoesNotExist, or BadValue for one who is in it already.
    """
    with transaction.atomic():
        account = managed_accounts(by).get(pk=account_id)
        if right not in Right.values:
            raise errors.BadValue("right", errors.BadValue.UNKNOWN)
        user = person_to_invite(invitee.email, invitee.name)
        member, is_new = Member.objects.get_or_create(
            account=account,
            user=user,
            defaults={"provider_id": account.provider_id, "right": right},
        )
        if not is_new:
            raise errors.BadValue("email", errors.BadValue.TAKEN)
        record_setting("member", member.pk, "invited", by=by)
        send_invitation(user, provider_id=by.provider_id)
        return member
