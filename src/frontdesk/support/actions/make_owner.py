"""Those who lead the desk make a member an owner of his account."""

from django.db import transaction

from frontdesk.accounts.models import Member
from frontdesk.accounts.models.account import Right
from frontdesk.support.actor import Actor
from frontdesk.support.membership import managed_members
from frontdesk.support.settings import need_head, record_setting


def make_owner(*, by: Actor, member_id: int) -> Member:
    """Let a member read everything and change who is in the account; other owners stay owners.

    Raises NotAllowed or Member.DoesNotExist.
    """
    need_head(by)
    with transaction.atomic():
        member = managed_members(by).select_for_update(of=("self",)).get(pk=member_id)
        if not member.is_owner:
            member.right, member.is_owner = Right.ALL, True
            member.save(update_fields=["right", "is_owner"])
            record_setting("member", member.pk, "owner", by=by)
        return member
