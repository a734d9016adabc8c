"""Runs a load and says what came of it."""

import json
import statistics
import subprocess
import sys
from dataclasses import dataclass, field, replace
from typing import Any

from frontdesk.operations.bench import load
from frontdesk.operations.terminal import Refusal


@dataclass(frozen=True, slots=True)
class Shot:
    """One request; of a form, its fields but the key. `status` is the answer that is right."""

    path: str
    cookie: str = ""
    form: dict[str, str] = field(default_factory=dict)
    status: int = 200

    def plain(self) -> dict[str, Any]:
        """Return it as the load process reads it."""
        method = "POST" if self.form else "GET"
        return {
            "method": method,
            "path": self.path,
            "cookie": self.cookie,
            "form": self.form,
            "status": self.status,
        }


@dataclass(frozen=True, slots=True)
class Pace:
    """What was measured: milliseconds, requests a second, requests in all with the warm-up."""

    p50: float
    p95: float
    rate: float
    asked: int = 0


def measure(shots: list[Shot], *, port: int, clients: int, seconds: float) -> Pace:
    """Ask for the shots in turn with so many clients at once.

    Raises Refusal when an answer was not the right one: then there is nothing to measure.
    """
    plan = {
        "host": "127.0.0.1",
        "name": "localhost",
        "port": port,
        "clients": clients,
        "seconds": seconds,
        "shots": [shot.plain() for shot in shots],
    }
    done = subprocess.run(
        [sys.executable, "-I", "-S", load.__file__],
        input=json.dumps(plan).encode(),
        stdout=subprocess.PIPE,
        check=True,
    )
    seen = json.loads(done.stdout)
    if seen["wrong"] or seen["failures"] or not seen["times"]:
        raise Refusal(f"{shots[0].path} answered {seen['wrong'] or seen['failures']}")
    return replace(pace_of(seen["times"], rate=seen["rate"]), asked=seen["asked"])


def pace_of(times: list[float], *, rate: float) -> Pace:
    """Return the figures of these times, two or more, in milliseconds."""
    return Pace(statistics.median(times), statistics.quantiles(times, n=20)[18], rate)
