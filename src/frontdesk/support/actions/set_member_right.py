"""The owner of an account says which tickets a colleague reads."""

from django.db import transaction

from frontdesk.accounts.models import Member
from frontdesk.accounts.models.account import Right
from frontdesk.support import errors
from frontdesk.support.actor import Actor
from frontdesk.support.settings import record_setting


def set_member_right(*, by: Actor, member_id: int, right: str) -> Member:
    """Set a colleague's right in an account that the actor owns, and return the member.

    Raises Member.DoesNotExist, BadValue, or NotAllowed for an owner, who reads everything.
    """
    if right not in Right.values:
        raise errors.BadValue("right", errors.BadValue.UNKNOWN)
    with transaction.atomic():
        member = (
            Member.colleagues.in_accounts_owned_by(by.user.pk, by.provider_id)
            .select_for_update()
            .get(pk=member_id)
        )
        if member.is_owner:
            raise errors.NotAllowed
        if member.right != right:
            member.right = right
            member.save(update_fields=["right"])
            record_setting("member", member.pk, right, by=by)
        return member
