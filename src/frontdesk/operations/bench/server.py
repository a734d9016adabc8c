"""A server under load."""

from dataclasses import dataclass

from frontdesk.operations.bench.measure import Pace, Shot, measure
from frontdesk.operations.bench.processor import database_pids, seconds_of, session_pids
from frontdesk.operations.bench.table import MANY, Line


@dataclass(frozen=True, slots=True)
class Server:
    """Where it listens, and the process that leads its session."""

    name: str
    port: int
    pid: int

    def line(self, shots: list[Shot], seconds: float) -> Line:
        """Measure requests with one client and with many, and what they cost."""
        alone = measure(shots, port=self.port, clients=1, seconds=seconds)
        before = self._processor_seconds()
        together = measure(shots, port=self.port, clients=MANY, seconds=seconds)
        taken = self._processor_seconds() - before
        return Line(self.name, alone, together, processor=_each(taken, together))

    def _processor_seconds(self) -> float:
        return seconds_of([*session_pids(self.pid), *database_pids()])


def _each(seconds: float, pace: Pace) -> float:
    return seconds / pace.asked * 1000
