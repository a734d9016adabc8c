"""What the acts about money share: who may, what makes them happen once, what is told of them."""

from typing import Any

from frontdesk.accounts.models import Provider
from frontdesk.billing.book import Stamp
from frontdesk.billing.errors import BadReference
from frontdesk.billing.models import AllowanceLot, EntryKind, LedgerEntry
from frontdesk.billing.money import ZERO
from frontdesk.billing.rights import may_charge
from frontdesk.support import errors
from frontdesk.support.actor import Actor
from frontdesk.support.channels import Channel
from frontdesk.support.models import Event, EventKind
from frontdesk.support.record import record, record_by_program

# A ticket used and a price paid are told by the event that the ticket was opened.
_EVENTS = {
    EntryKind.TOP_UP: EventKind.TOPPED_UP,
    EntryKind.GRANT: EventKind.TICKETS_GRANTED,
    EntryKind.GIFT: EventKind.GIFT_GIVEN,
    EntryKind.PLAN: EventKind.PLAN_RENEWED,
    EntryKind.PACKAGE: EventKind.PACKAGE_BOUGHT,
    EntryKind.CHARGE: EventKind.CHARGED,
    EntryKind.REFUND: EventKind.REFUNDED,
    EntryKind.CORRECTION: EventKind.CORRECTED,
    EntryKind.LAPSE: EventKind.TICKETS_LAPSED,
}


def need_money_right(by: Actor) -> None:
    """Raise NotAllowed unless the actor may move money and tickets at his provider."""
    provider = Provider.objects.select_related("billing").get(pk=by.staff.provider_id)
    if not may_charge(role=by.staff.role, provider=provider):
        raise errors.NotAllowed


def money_stamp(by: Actor, act: str, key: str, reason: str) -> Stamp:
    """Return the stamp of an act: the same act of the same person under the same key is one.

    What the provider's billing does by the API is nobody's own act in the ledger; the event
    says whose token it came by. Raises BadReference for an empty key.
    """
    reference = _reference(act, key)
    if by.channel == Channel.API:
        return Stamp(None, f"{by.channel}:{reference}", reason)
    return Stamp(by.user.pk, f"{by.channel}:{by.user.pk}:{reference}", reason)


def client_stamp(by: Actor, act: str, key: str) -> Stamp:
    """Return the stamp of what a client does with his own money. Raises BadReference."""
    return Stamp(by.user.pk, f"client:{by.user.pk}:{_reference(act, key)}")


def _reference(act: str, key: str) -> str:
    """An empty key would make all such acts one."""
    if not key.strip():
        raise BadReference
    return f"{act}:{key}"


def record_entry(entry: LedgerEntry, *, by: Actor | None = None) -> Event:
    """Write the event of a ledger row that was just written; without `by` the program's own.

    For the transaction that wrote the row, and only where it `is_new`.
    """
    kind, data = _EVENTS[EntryKind(entry.kind)], facts_of(entry)
    if by is None:
        return record_by_program(
            kind, provider_id=entry.provider_id, ticket=entry.ticket, data=data
        )
    return record(kind, by=by, ticket=entry.ticket, data=data)


def record_lapse_soon(lot: AllowanceLot) -> Event:
    """Write the event that what is left of a lot lapses soon."""
    provider = Provider.objects.get(pk=lot.provider_id)
    assert lot.expires_at is not None
    data = {
        "account": lot.account_id,
        "amount": str(ZERO),
        "units": lot.remaining,
        "currency": provider.currency,
        "expires_at": lot.expires_at.isoformat(),
    }
    return record_by_program(EventKind.TICKETS_LAPSE_SOON, provider_id=lot.provider_id, data=data)


def facts_of(entry: LedgerEntry) -> dict[str, Any]:
    """Return what an event keeps of a ledger row, so that telling of it asks for no row."""
    return {
        "entry": entry.pk,
        "account": entry.account_id,
        "amount": str(entry.amount),
        "units": entry.units,
        "currency": entry.currency,
    }
