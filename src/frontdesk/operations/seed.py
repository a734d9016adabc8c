"""Bulk data for the benchmark and for trying the program at its later size.

Skewed like life: few accounts have many tickets and most have few, most tickets are short and
some are very long, few words are everywhere and most are rare.
"""

import random
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext

from django.db import connection, connections, transaction

from frontdesk.accounts.models import Provider
from frontdesk.operations.demo.load import FIRST_SLUG
from frontdesk.operations.seed_copy import copy_rows, next_ids
from frontdesk.operations.seed_indexes import built_afterwards
from frontdesk.operations.seed_people import find_or_make_provider, gather_crowd
from frontdesk.operations.seed_tickets import Batch, TicketMaker
from frontdesk.operations.seed_words import Phrasebook
from frontdesk.support.models import Event, Message, ReadMark, Ticket
from frontdesk.support.models.note import Note

BATCH = 10_000
# From so many new tickets on, indexes are built afterwards.
REBUILD_FROM = 20_000
SLUG = "seedhost"
FILLED = (Ticket, Message, Event, ReadMark, Note)


def seed(
    tickets: int, *, slug: str = "", random_seed: int = 1, tell: Callable[[str], None] | None = None
) -> Provider:
    """Add that many tickets, with their accounts and people, and return their provider.

    They go to the provider with `slug`; else to the demo's first one, so that Sam and Alice can
    work with them; else to one of their own. Its accounts and staff are used as they are, and
    new accounts are added in proportion. What is there already stays as it is.
    """
    started = time.monotonic()
    dice = random.Random(random_seed)  # noqa: S311 - made-up data, the same at each run
    provider = find_or_make_provider(slug or _default_slug())
    crowd = gather_crowd(provider, tickets=tickets, dice=dice)
    maker = TicketMaker(crowd, Phrasebook(dice), dice=dice, total=tickets)
    with transaction.atomic(), _way_in(tickets):
        done = 0
        for batch in _batches(maker, tickets):
            _add(batch)
            done += len(batch.numbers)
            if tell:
                tell(f"{done:,} of {tickets:,} tickets, {time.monotonic() - started:.0f} s")
    _tidy()
    if tell:
        tell(f"Done: {tickets / (time.monotonic() - started) * 60:,.0f} tickets a minute")
    return provider


def _way_in(tickets: int) -> AbstractContextManager[None]:
    """Many rows come in faster when the indexes are built afterwards; few do not."""
    if tickets < REBUILD_FROM or tickets < Ticket.objects.count() / 2:
        return nullcontext()
    return built_afterwards(FILLED)


def _default_slug() -> str:
    has_demo = Provider.objects.filter(slug=FIRST_SLUG).exists()
    return FIRST_SLUG if has_demo else SLUG


def _batches(maker: TicketMaker, tickets: int) -> Iterator[Batch]:
    """Give the batches; each next one is made while PostgreSQL takes the one before."""

    def make(start: int) -> Batch:
        batch = Batch(numbers=next_ids(Ticket, min(BATCH, tickets - start)))
        maker.make(batch, first=start)
        return batch

    with ThreadPoolExecutor(max_workers=1) as ahead:
        try:
            made = ahead.submit(make, 0)
            for start in range(BATCH, tickets + BATCH, BATCH):
                batch = made.result()
                if start < tickets:
                    made = ahead.submit(make, start)
                yield batch
        finally:
            # The thread has taken its numbers on a connection of its own.
            ahead.submit(connections.close_all).result()


def _add(batch: Batch) -> None:
    copy_rows(Ticket, batch.tickets)
    copy_rows(Message, batch.messages)
    copy_rows(Event, batch.events)
    copy_rows(ReadMark, batch.read_marks)
    copy_rows(Note, batch.notes)


def _tidy() -> None:
    """Do now what PostgreSQL would do within the hour: count, and mark what is visible to all."""
    with connection.cursor() as cursor:
        for model in FILLED:
            cursor.execute(f"VACUUM (ANALYZE) {model._meta.db_table}")
