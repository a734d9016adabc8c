"""What the acts on settings share: who may, what a value must be, what is written down."""

from zoneinfo import available_timezones

from frontdesk.support import errors
from frontdesk.support.actor import Actor
from frontdesk.support.models import Event, EventKind
from frontdesk.support.record import record


def need_administrator(by: Actor) -> None:
    """Raise NotAllowed unless the actor administers the provider."""
    if not by.staff.is_administrator:
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
