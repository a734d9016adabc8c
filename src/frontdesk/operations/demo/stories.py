"""Reads the demo's data files: people, tickets, files, ready answers."""

import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

DATA = Path(__file__).parent / "data"
UNITS = {"d": "days", "h": "hours", "m": "minutes"}


@dataclass(frozen=True, slots=True)
class Act:
    """What one person did to a ticket at one moment; several parts of it may be set."""

    ago: str
    by: str = ""
    text: str = ""
    note: str = ""
    files: tuple[str, ...] = ()
    channel: str = "web"
    take: bool = False
    sort: bool = False
    close: bool = False


@dataclass(frozen=True, slots=True)
class Story:
    """A ticket from its first word to its last."""

    client: str
    department: str
    acts: tuple[Act, ...]
    provider: str = "northhost"
    service: str = ""
    priority: str = "normal"
    tags: tuple[str, ...] = ()


@cache
def read(name: str) -> dict[str, Any]:
    """Return the content of a data file."""
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


def stories() -> list[Story]:
    """Return every ticket of the demo."""
    names = sorted(path.stem for path in DATA.glob("tickets_*.toml"))
    return [_story(raw) for name in names for raw in read(name)["ticket"]]


def _story(raw: dict[str, Any]) -> Story:
    rest = {key: value for key, value in raw.items() if key not in {"acts", "tags"}}
    acts = tuple(_act(act, default=raw["client"]) for act in raw["acts"])
    return Story(**rest, tags=tuple(raw.get("tags", ())), acts=acts)


def _act(raw: dict[str, Any], *, default: str) -> Act:
    return Act(**{"by": default, **raw, "files": tuple(raw.get("files", ()))})


def moment(ago: str, *, now: datetime, zone: ZoneInfo) -> datetime:
    """Return the moment that "2h 10m" (before now) or "3d 09:15" (that day, at that hour) names."""
    if ":" not in ago:
        parts = {UNITS[part[-1]]: int(part[:-1]) for part in ago.split()}
        return now - timedelta(**parts)
    days, clock = ago.split()
    hour, minute = map(int, clock.split(":"))
    day = now.astimezone(zone) - timedelta(days=int(days[:-1]))
    return day.replace(hour=hour, minute=minute)


def timetable(story: Story, *, now: datetime, zone: ZoneInfo) -> list[datetime]:
    """Return the moment of each act; one that would come before the last is put after it."""
    times: list[datetime] = []
    for act in story.acts:
        at = moment(act.ago, now=now, zone=zone)
        times.append(max(at, times[-1] + timedelta(seconds=40)) if times else at)
    return times
