"""What the acts about money share: who may, and the stamp that makes them happen once."""

from frontdesk.accounts.models import Provider
from frontdesk.billing.book import Stamp
from frontdesk.billing.rights import may_charge
from frontdesk.support import errors
from frontdesk.support.actor import Actor
from frontdesk.support.channels import Channel


def need_money_right(by: Actor) -> None:
    """Raise NotAllowed unless the actor may move money and tickets at his provider."""
    provider = Provider.objects.select_related("billing").get(pk=by.staff.provider_id)
    if not may_charge(role=by.staff.role, provider=provider):
        raise errors.NotAllowed


def money_stamp(by: Actor, act: str, key: str, reason: str) -> Stamp:
    """Return the stamp of an act: the same act of the same person under the same key is one.

    What the provider's billing does by the API is nobody's own act in the ledger; the event
    says whose token it came by.
    """
    if by.channel == Channel.API:
        return Stamp(None, f"{by.channel}:{act}:{key}", reason)
    return Stamp(by.user.pk, f"{by.channel}:{by.user.pk}:{act}:{key}", reason)
