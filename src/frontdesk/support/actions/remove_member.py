"""A person's place in an account is taken away."""

from django.db import transaction

from frontdesk.support import errors
from frontdesk.support.actor import Actor
from frontdesk.support.membership import managed_members, manages_clients
from frontdesk.support.settings import record_setting


def remove_member(*, by: Actor, member_id: int) -> None:
    """Remove somebody from an account whose people the actor may change; his tickets stay in it.

    Raises Member.DoesNotExist, or NotAllowed for an owner, whom only staff remove.
    """
    with transaction.atomic():
        member = managed_members(by).select_for_update(of=("self",)).get(pk=member_id)
        if member.is_owner and not manages_clients(by):
            raise errors.NotAllowed
        record_setting("member", member.pk, "removed", by=by)
        member.delete()
