"""The time zones that people choose from."""

from functools import lru_cache
from zoneinfo import available_timezones

OLD_NAMES = ("Etc/", "US/", "Canada/", "Brazil/", "Chile/", "Mexico/", "SystemV/")


@lru_cache
def zone_choices() -> list[tuple[str, str]]:
    """Return the zones of places, and UTC, without the old names that stand for the same."""
    places = {name for name in available_timezones() if "/" in name}
    names = {name for name in places if not name.startswith(OLD_NAMES)}
    return [(name, name.replace("_", " ")) for name in sorted(names | {"UTC"})]
