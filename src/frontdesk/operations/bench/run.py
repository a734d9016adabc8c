"""`frontdesk bench`: everything measured in one run, held against floors of the same run."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from frontdesk.operations.bench.floors import floor_server, insert_floor
from frontdesk.operations.bench.measure import Shot, measure
from frontdesk.operations.bench.stage import WEB, free_port, serving, stage, wait_until_it_answers
from frontdesk.operations.bench.table import Line, as_text
from frontdesk.operations.terminal import say

DEFAULT_SIZES = (1_000, 100_000)
MANY = 8


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
    from frontdesk.operations.bench.cost import cost_of
    from frontdesk.operations.bench.shots import Casting
    from frontdesk.operations.seed import seed
    from frontdesk.support.models import Ticket

    missing = size - Ticket.objects.count()
    if missing > 0:
        say(f"Adding {missing:,} tickets ...")
        seed(missing)
    scenes = Casting().scenes()
    page_floor, write_floor = _floors(url, seconds)
    with serving(*WEB) as (port, _child):
        measured = [_line(scene.name, scene.shots, port, seconds) for scene in scenes]
    lines = [page_floor, write_floor]
    for scene, line in zip(scenes, measured, strict=True):
        floor = page_floor if scene.is_list else None if scene.is_read else write_floor
        lines.append(
            replace(
                line,
                cost=cost_of(scene.shots),
                of_floor=line.together.rate / floor.together.rate if floor else None,
                growth=line.alone.p50 / first[scene.name].alone.p50 if first else None,
            )
        )
    return lines


def _floors(url: str, seconds: float) -> tuple[Line, Line]:
    from frontdesk.operations.bench.cost import floor_cost

    port = free_port()
    with floor_server(port):
        wait_until_it_answers(port)
        page = _line("floor: Django, Jinja2, 50 rows", [Shot("/")], port, seconds)
    alone = insert_floor(url, clients=1, seconds=seconds)
    together = insert_floor(url, clients=MANY, seconds=seconds)
    page = replace(page, cost=floor_cost())
    return page, Line("floor: pgbench, three bare rows", alone, together)


def _line(name: str, shots: list[Shot], port: int, seconds: float) -> Line:
    alone = measure(shots, port=port, clients=1, seconds=seconds)
    together = measure(shots, port=port, clients=MANY, seconds=seconds)
    return Line(name, alone, together)
