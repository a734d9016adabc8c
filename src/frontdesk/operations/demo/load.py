"""Fills an empty installation with the demo's people and tickets."""

from collections import defaultdict
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from frontdesk.accounts.models import Member, Provider, Staff
from frontdesk.accounts.models.account import Right
from frontdesk.notifications.models import Notification
from frontdesk.notifications.notify import notify
from frontdesk.operations.demo.money import fill_wallets
from frontdesk.operations.demo.people import cast_people
from frontdesk.operations.demo.replay import Replay
from frontdesk.operations.demo.stories import stories
from frontdesk.support.models import Attachment, Event, Message, ReadMark, Ticket

FIRST_SLUG = "northhost"
LOCK = 1_400_1001
# What is older has been read by everybody; of the newest, each read what he answered himself.
UNREAD_FOR = timedelta(hours=20)


def load_demo() -> bool:
    """Create the demo's data once; return whether this call did.

    Two processes may start together: the second waits and finds it done.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        if Provider.objects.filter(slug=FIRST_SLUG).exists():
            return False
        now = timezone.now()
        cast = cast_people(now)
        fill_wallets(cast, now=now)
        replay = Replay(cast)
        replay.play(stories(), now=now)
        _date_files()
        _notify(replay.events, before=now - UNREAD_FOR)
        _mark_read(replay.tickets, before=now - UNREAD_FOR)
    return True


def _date_files() -> None:
    """Files came with their messages, not just now."""
    sent = Message.objects.filter(pk=OuterRef("message_id")).values("created_at")
    Attachment.objects.update(created_at=Subquery(sent))


def _notify(events: list[Event], *, before: datetime) -> None:
    for event in events:
        notify(event)
    Notification.objects.filter(created_at__lt=before).update(read_at=timezone.now())


def _mark_read(tickets: list[Ticket], *, before: datetime) -> None:
    """Leave unread what came last from the other side and only just now."""
    own = {
        (row["ticket_id"], row["author_id"]): row["pk"]
        for row in Message.objects.order_by("pk").values("pk", "ticket_id", "author_id")
    }
    readers = _readers()
    marks = []
    for ticket in tickets:
        everybody = readers[ticket.account_id] | readers[-ticket.provider_id]
        for user_id in everybody | {ticket.requester_id}:
            seen = own.get((ticket.pk, user_id))
            if ticket.last_message_at < before:
                seen = ticket.last_message_id
            if seen:
                marks.append(_mark(ticket, user_id=user_id, message_id=seen))
    ReadMark.objects.bulk_create(marks)


def _readers() -> dict[int, set[int]]:
    """Who opens tickets in the course of the day: by account, staff by minus the provider."""
    readers: dict[int, set[int]] = defaultdict(set)
    for member in Member.objects.filter(right=Right.ALL):
        readers[member.account_id].add(member.user_id)
    for staff in Staff.objects.filter(is_active=True):
        readers[-staff.provider_id].add(staff.user_id)
    return readers


def _mark(ticket: Ticket, *, user_id: int, message_id: int) -> ReadMark:
    return ReadMark(
        provider_id=ticket.provider_id,
        user_id=user_id,
        ticket_id=ticket.pk,
        message_id=message_id,
    )
