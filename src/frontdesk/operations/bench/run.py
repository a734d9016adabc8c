"""`frontdesk bench`: everything measured in one run, held against floors of the same run."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from frontdesk.operations.bench.floors import floor_server, insert_floor
from frontdesk.operations.bench.measure import Shot
from frontdesk.operations.bench.stage import WEB, free_port, serving, stage, wait_until_it_answers
from frontdesk.operations.bench.table import MANY, Line, as_text
from frontdesk.operations.terminal import say

if TYPE_CHECKING:
    from frontdesk.operations.bench.server import Server
    from frontdesk.operations.bench.shots import Scene

DEFAULT_SIZES = (1_000, 100_000)
FLOOR_SHOTS = [Shot("/")]
# How often a list and the floor are measured; what is told is the middle of them.
TURNS = 5


@dataclass(frozen=True, slots=True)
class Wishes:
    """What to measure: sizes in tickets, and how long each figure takes."""

    sizes: tuple[int, ...]
    seconds: float
    live_pages: int = 0


def run_bench(wishes: Wishes) -> None:
    """Measure, and print a table for each size."""
    with _folder() as folder, stage(folder) as url:
        _prepare()
        first: dict[str, Line] = {}
        for size in sorted(wishes.sizes):
            lines = _measure_size(size, url, wishes.seconds, first)
            first = first or {line.name: line for line in lines}
            say(f"\n{size:,} tickets, with 1 client and with {MANY}\n\n{as_text(lines)}")
        if wishes.live_pages:
            from frontdesk.operations.bench.live import measure_live

            say(f"\n{measure_live(wishes.live_pages)}")


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="frontdesk-bench-") as folder:
        yield Path(folder)


def _prepare() -> None:
    """Settings are read here, after the stage has set them."""
    import django

    django.setup()
    from frontdesk.operations.demo.load import load_demo
    from frontdesk.operations.prepare import prepare

    prepare()
    load_demo()


def _measure_size(size: int, url: str, seconds: float, first: dict[str, Line]) -> list[Line]:
    from frontdesk.operations.bench.cost import floor_cost
    from frontdesk.operations.bench.server import Server
    from frontdesk.operations.bench.shots import Casting
    from frontdesk.operations.seed import seed
    from frontdesk.support.models import Ticket

    missing = size - Ticket.objects.count()
    if missing > 0:
        say(f"Adding {missing:,} tickets ...")
        seed(missing)
    scenes = Casting().scenes()
    _take_statistics()
    written = Line(
        "floor: pgbench, three bare rows",
        insert_floor(url, clients=1, seconds=seconds),
        insert_floor(url, clients=MANY, seconds=seconds),
    )
    floor_port = free_port()
    with floor_server(floor_port) as floor_pid, serving(*WEB) as (port, child):
        wait_until_it_answers(floor_port)
        floor = Server("floor: Django, Jinja2, 50 rows", floor_port, floor_pid)
        web = Server("web", port, child.pid)
        lines = [replace(floor.line(FLOOR_SHOTS, seconds), cost=floor_cost()), written]
        lines += [_scene_line(scene, web, floor, seconds) for scene in scenes]
    return [_grown(line, first) for line in lines]


def _take_statistics() -> None:
    """Do what PostgreSQL does by itself a minute after so many rows have come."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _scene_line(scene: "Scene", web: "Server", floor: "Server", seconds: float) -> Line:
    from frontdesk.operations.bench.cost import cost_of

    if scene.is_list:
        line = _beside_the_floor(scene, web, floor, seconds)
    else:
        line = web.line(scene.shots, seconds)
    return replace(line, name=scene.name, cost=cost_of(scene.shots))


def _beside_the_floor(scene: "Scene", web: "Server", floor: "Server", seconds: float) -> Line:
    """Measure a list and the floor in turn: the machine's mood changes from one to the next."""
    turns = [
        (web.line(scene.shots, seconds), floor.line(FLOOR_SHOTS, seconds)) for _turn in range(TURNS)
    ]
    turns.sort(key=lambda turn: turn[0].together.rate)
    line, _beside = turns[TURNS // 2]
    return replace(
        line,
        of_floor=median(own.together.rate / beside.together.rate for own, beside in turns),
        of_floor_processor=median(_processor(beside) / _processor(own) for own, beside in turns),
    )


def _processor(line: Line) -> float:
    assert line.processor is not None
    return line.processor


def _grown(line: Line, first: dict[str, Line]) -> Line:
    before = first.get(line.name)
    if before is None or line.cost is None:
        return line
    return replace(line, growth=line.alone.p50 / before.alone.p50)
