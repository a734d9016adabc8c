"""The owner of an account, or those who lead the desk, say which tickets a member reads."""

from django.db import transaction

from frontdesk.accounts.models import Member
from frontdesk.accounts.models.account import Right
from frontdesk.support import errors
from frontdesk.support.actor import Actor
from frontdesk.support.membership import managed_members, manages_clients
from frontdesk.support.settings import record_setting


def set_member_right(*, by: Actor, member_id: int, right: str) -> Member:
    """Set the right of somebody whom the actor may change, and return the member.

    An owner is one no more: only staff may do that. Raises Member.DoesNotExist, BadValue, or
    NotAllowed for an owner.
    """
    if right not in Right.values:
        raise errors.BadValue("right", errors.BadValue.UNKNOWN)
    with transaction.atomic():
        member = managed_members(by).select_for_update(of=("self",)).get(pk=member_id)
        if member.is_owner and not manages_clients(by):
            raise errors.NotAllowed
        if (member.right, member.is_owner) != (right, False):
            member.right, member.is_owner = right, False
            member.save(update_fields=["right", "is_owner"])
            record_setting("member", member.pk, right, by=by)
        return member
