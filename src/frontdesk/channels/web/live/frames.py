"""What goes over the wire: server-sent events."""

import json
from typing import Any

BEAT = b": still here\n\n"
# After a cut a browser waits this long before it asks again, in milliseconds.
OPENING = b"retry: 3000\n\n"


def frame(kind: str, *, ticket: int | None = None, event: int | None = None) -> bytes:
    """Return one event. Kinds are code words of ours: nothing in a frame was typed by people."""
    data: dict[str, Any] = {"ticket": ticket, "kind": kind, "event": event}
    head = f"id: {event}\n" if event is not None else ""
    return f"{head}event: {kind}\ndata: {json.dumps(data)}\n\n".encode()


READY, RESET, SIGNED_OUT = frame("ready"), frame("reset"), frame("signed_out")
