"""The open pages of this process, found by what they may hear."""

import asyncio
import math
import time
from collections import Counter, defaultdict, deque
from collections.abc import Iterable
from typing import Any, NamedTuple

from frontdesk.channels.web.live.audience import Audience, Group
from frontdesk.channels.web.live.frames import RESET, frame
from frontdesk.support.models.event import SEEN_BY_CLIENTS

# A page that does not read this many events is cut off; it comes back and asks what it missed.
MOST_WAITING = 100
# What happened last is kept for pages that were made just before and open their stream only now.
MOST_RECENT = 2_000


class Reader:
    """One open page: its audience, and the frames that wait to be sent to it."""

    __slots__ = ("audience", "frames", "is_over", "session_key", "slug")

    def __init__(self, audience: Audience, *, session_key: str, slug: str) -> None:
        self.audience = audience
        self.session_key = session_key
        self.slug = slug
        self.is_over = False
        self.frames: asyncio.Queue[bytes] = asyncio.Queue(MOST_WAITING)

    def give(self, piece: bytes) -> None:
        """Queue a frame. A reader who is too slow is cut off rather than remembered."""
        if self.is_over:
            return
        try:
            self.frames.put_nowait(piece)
        except asyncio.QueueFull:
            self.end()

    def end(self, last: bytes = b"") -> None:
        """Let the stream end once `last` is sent; what still waits is dropped."""
        self.is_over = True
        while not self.frames.empty():
            self.frames.get_nowait()
        self.frames.put_nowait(last)


class _Told(NamedTuple):
    at: float
    groups: frozenset[Group]
    actor: int | None
    piece: bytes


class Hub:
    """Hands each event to those who may hear it, without asking the database."""

    def __init__(self) -> None:
        self.readers: set[Reader] = set()
        self.streams_of_user: Counter[int] = Counter()
        self.complete_since = math.inf
        self._recent: deque[_Told] = deque(maxlen=MOST_RECENT)
        self._groups: defaultdict[Group, set[Reader]] = defaultdict(set)

    def join(self, reader: Reader) -> None:
        """Let the reader hear from now on."""
        self.readers.add(reader)
        self.streams_of_user[reader.audience.user_id] += 1
        for group in reader.audience.groups():
            self._groups[group].add(reader)

    def leave(self, reader: Reader) -> None:
        """Forget the reader."""
        self.readers.discard(reader)
        self.streams_of_user[reader.audience.user_id] -= 1
        if not self.streams_of_user[reader.audience.user_id]:
            del self.streams_of_user[reader.audience.user_id]
        for group in reader.audience.groups():
            self._drop(group, reader)

    def change(self, reader: Reader, audience: Audience) -> None:
        """Give the reader other rights; he fetches again what he sees."""
        if audience == reader.audience or reader not in self.readers:
            return
        for group in reader.audience.groups():
            self._drop(group, reader)
        reader.audience = audience
        for group in audience.groups():
            self._groups[group].add(reader)
        reader.give(RESET)

    def dispatch(self, payload: dict[str, Any]) -> None:
        """Hand an event to its audience; each reader gets it once."""
        groups = frozenset(groups_of(payload))
        is_numbered = payload["kind"] != "notified"
        piece = frame(
            payload["kind"],
            ticket=payload.get("ticket"),
            event=payload.get("event") if is_numbered else None,
        )
        if len(self._recent) == MOST_RECENT:
            self.complete_since = self._recent[0].at
        self._recent.append(_Told(time.time(), groups, payload.get("actor"), piece))
        heard_by: set[Reader] = set()
        for group in groups:
            heard_by |= self._groups.get(group, set())
        for reader in heard_by:
            reader.give(piece)

    def since(self, moment: float, audience: Audience) -> list[bytes]:
        """Return what this audience heard since a moment of the clock, or one `reset`.

        Not what the reader did himself: the page that asks is the answer to that.
        """
        if moment < self.complete_since:
            return [RESET]
        own = audience.groups()
        return [
            told.piece
            for told in self._recent
            if told.at >= moment and told.groups & own and told.actor != audience.user_id
        ]

    def begin_anew(self) -> None:
        """Tell everybody that something may have been missed until now."""
        self.complete_since = time.time()
        self._recent.clear()
        for reader in self.readers:
            reader.give(RESET)

    def _drop(self, group: Group, reader: Reader) -> None:
        members = self._groups[group]
        members.discard(reader)
        if not members:
            del self._groups[group]


def groups_of(payload: dict[str, Any]) -> Iterable[Group]:
    """Return the groups that may hear of this event.

    What the core does not list as seen by clients goes to staff alone. A ticket that was
    handed over is told to both departments: it leaves the list of the first.
    """
    provider_id = payload["provider"]
    if payload["kind"] == "notified":
        return [("user", provider_id, user_id) for user_id in payload["users"]]
    groups: list[Group] = [("provider", provider_id), ("department", payload["department"])]
    if left := payload.get("left_department"):
        groups.append(("department", left))
    if payload["kind"] in SEEN_BY_CLIENTS:
        groups.append(("account", payload["account"]))
        groups.append(("own", payload["account"], payload["requester"]))
    return groups
