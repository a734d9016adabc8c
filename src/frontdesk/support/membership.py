"""Whose people an actor may change: an owner his own account's, heads those of every client."""

from django.db.models import QuerySet

from frontdesk.accounts.models import Account, Member
from frontdesk.support.access import StaffReach
from frontdesk.support.actor import Actor


def manages_clients(by: Actor) -> bool:
    """Whether he acts as staff who may change any client of the provider."""
    return isinstance(by.reach, StaffReach) and by.reach.is_head


def managed_accounts(by: Actor) -> QuerySet[Account]:
    """Return the accounts whose people the actor may change."""
    accounts = Account.objects.filter(provider_id=by.provider_id)
    if manages_clients(by):
        return accounts
    owned = Member.colleagues.in_accounts_owned_by(by.user.pk, by.provider_id)
    return accounts.filter(pk__in=owned.values("account_id"))


def managed_members(by: Actor) -> QuerySet[Member]:
    """Return everybody in these accounts."""
    if manages_clients(by):
        return Member.objects.filter(provider_id=by.provider_id)
    return Member.colleagues.in_accounts_owned_by(by.user.pk, by.provider_id)
