"""The owner of an account takes a colleague's place away."""

from django.db import transaction

from frontdesk.accounts.models import Member
from frontdesk.support import errors
from frontdesk.support.actor import Actor
from frontdesk.support.settings import record_setting


def remove_member(*, by: Actor, member_id: int) -> None:
    """Remove a colleague from an account that the actor owns; his tickets stay in it.

    Raises Member.DoesNotExist, or NotAllowed for an owner.
    """
    with transaction.atomic():
        owned = Member.colleagues.in_accounts_owned_by(by.user.pk, by.provider_id)
        member = owned.select_for_update().get(pk=member_id)
        if member.is_owner:
            raise errors.NotAllowed
        record_setting("member", member.pk, "removed", by=by)
        member.delete()
