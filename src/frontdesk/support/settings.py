"""What the acts on settings share: who may, what a value must be, what is written down."""

from collections.abc import Iterable
from zoneinfo import available_timezones

from django.utils import timezone

from frontdesk.support import errors
from frontdesk.support.actor import Actor
from frontdesk.support.models import Event, EventKind
from frontdesk.support.record import record


def need_administrator(by: Actor) -> None:
    """Raise NotAllowed unless the actor administers the provider."""
    if not by.staff.is_administrator:
        raise errors.NotAllowed


def need_head(by: Actor) -> None:
    """Raise NotAllowed unless the actor is head or administrator of the provider."""
    if not by.staff.is_head:
        raise errors.NotAllowed


def one_line(field: str, text: str, *, most: int, may_be_empty: bool = False) -> str:
    """Return the text as one line without needless space. Raises BadValue."""
    line = " ".join(text.split())
    if not line and not may_be_empty:
        raise errors.BadValue(field, errors.BadValue.MISSING)
    if len(line) > most:
        raise errors.BadValue(field, errors.BadValue.TOO_LONG)
    return line


def known_zone(text: str, *, may_be_empty: bool = False) -> str:
    """Return the name of a time zone. Raises BadValue for one that does not exist."""
    if text in available_timezones() or (may_be_empty and not text):
        return text
    raise errors.BadValue("time_zone", errors.BadValue.UNKNOWN)


def record_setting(what: str, pk: int, act: str, *, by: Actor) -> Event:
    """Write that a setting was changed, by its kind and id; its words are not kept."""
    return record(EventKind.SETTINGS_CHANGED, by=by, data={"what": what, "id": pk, "act": act})


def record_settings(what: str, acts: Iterable[tuple[int, str]], *, by: Actor) -> None:
    """Write many such events at once, one for each pair of an id and what was done to it."""
    now = timezone.now()
    Event.objects.bulk_create(
        [
            Event(
                provider_id=by.provider_id,
                actor_id=by.user.pk,
                kind=EventKind.SETTINGS_CHANGED,
                channel=by.channel,
                address=by.address,
                data={"what": what, "id": pk, "act": act},
                created_at=now,
            )
            for pk, act in acts
        ],
        batch_size=2000,
    )
