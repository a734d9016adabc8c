"""Measures the live process: its memory with many open pages, and how soon an event arrives."""

import json
import random
import secrets
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from frontdesk.accounts.models import Provider, Staff, User
from frontdesk.operations.bench import live_pages
from frontdesk.operations.bench.people import sign_in
from frontdesk.operations.bench.processor import session_pids
from frontdesk.operations.bench.shots import SLUG
from frontdesk.operations.bench.stage import LOOPBACK, serving
from frontdesk.operations.seed_people import TICKETS_PER_ACCOUNT, gather_crowd
from frontdesk.support.access import client_reach, staff_reach
from frontdesk.support.actions.open_ticket import TicketRequest, open_ticket
from frontdesk.support.actions.reply import Answer, reply
from frontdesk.support.actor import Actor
from frontdesk.support.channels import Channel
from frontdesk.support.models import Department, Event

EVENTS = 300
EVENTS_A_SECOND = 20
STAFF_PAGES = 10
SETTLE_SECONDS = 3.0
MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of it: bytes of memory, and milliseconds from commit to page."""

    pages: int
    lost: int
    opened_a_second: float
    empty_bytes: int
    full_bytes: int
    delays: list[float]

    def __str__(self) -> str:
        """Say it for the terminal."""
        cuts = statistics.quantiles(self.delays, n=20)
        return (
            f"Live: {self.pages:,} open pages on one process, {self.lost} lost,"
            f" opened {self.opened_a_second:,.0f} a second\n"
            f"  memory (PSS) {self.full_bytes / MEBIBYTE:,.0f} MB,"
            f" without pages {self.empty_bytes / MEBIBYTE:,.0f} MB\n"
            f"  an event arrives after p50 {statistics.median(self.delays):.1f} ms,"
            f" p95 {cuts[18]:.1f} ms, at most {max(self.delays):.1f} ms"
            f" ({len(self.delays):,} arrivals)"
        )


def measure_live(pages: int) -> Seen:
    """Open so many pages, let things happen, and return what was seen."""
    provider = Provider.objects.get(slug=SLUG)
    dice = random.Random(2)  # noqa: S311 - nothing secret
    crowd = gather_crowd(provider, tickets=pages * TICKETS_PER_ACCOUNT, dice=dice)
    clients = [people[0] for people in crowd.members.values()][-pages:]
    staff = list(Staff.objects.filter(provider=provider, is_active=True).values_list("user_id"))
    cookies = sign_in(list(User.objects.filter(pk__in=[*clients, *(pk for (pk,) in staff)])))
    readers = [pk for (pk,) in staff for _ in range(STAFF_PAGES)] + clients
    with serving("live") as (port, child):
        empty = _memory(child.pid)
        started = time.monotonic()
        plan = {
            "host": LOOPBACK,
            "port": port,
            "path": f"/live/{SLUG}/",
            "cookies": [cookies[pk] for pk in readers[:pages]],
        }
        with _open_pages(plan) as process:
            seconds = time.monotonic() - started
            time.sleep(SETTLE_SECONDS)
            full = _memory(child.pid)
            happened = _let_things_happen(provider, clients, dice)
            time.sleep(SETTLE_SECONDS)
            told, _nothing = process.communicate()
    seen = json.loads(told)
    delays = [
        (moment - happened[int(event)]) * 1000
        for event, moments in seen["arrived"].items()
        if int(event) in happened
        for moment in moments
    ]
    return Seen(pages, seen["lost"], pages / seconds, empty, full, delays)


def _open_pages(plan: dict[str, object]) -> "subprocess.Popen[bytes]":
    process = subprocess.Popen(
        [sys.executable, "-I", "-S", live_pages.__file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(plan).encode() + b"\n")
    process.stdin.flush()
    process.stdout.readline()
    return process


def _let_things_happen(
    provider: Provider, clients: list[int], dice: random.Random
) -> dict[int, float]:
    """Answer tickets of clients who look on; return when each event was committed."""
    sam = User.objects.get(email="sam@northhost.example")
    reach = staff_reach(sam, provider)
    assert reach is not None
    staff = Actor(sam, reach, Channel.WEB)
    department = Department.objects.filter(seats__staff__user=sam).in_order()[0]
    happened = {}
    for pk in dice.sample(clients, min(EVENTS, len(clients))):
        user = User.objects.get(pk=pk)
        own = client_reach(user, provider)
        assert own is not None
        request = TicketRequest("It is slow.", department.pk, account_id=min(own.accounts))
        client = Actor(user, own, Channel.WEB)
        ticket = open_ticket(by=client, request=request, key=secrets.token_hex(8))
        reply(by=staff, number=ticket.pk, answer=Answer("We look."), key=secrets.token_hex(8))
        now = time.time()
        happened[Event.objects.filter(ticket=ticket).latest("pk").pk] = now
        time.sleep(1 / EVENTS_A_SECOND)
    return happened


def _memory(leader: int) -> int:
    """Return the proportional memory of a process and its children, in bytes."""
    return sum(_pss(pid) for pid in session_pids(leader))


def _pss(pid: int) -> int:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0
