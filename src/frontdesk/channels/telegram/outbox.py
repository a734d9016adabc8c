"""What waits to be sent: taken in the order of each chat, marked before the call and after it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Min, Q, QuerySet
from django.utils import timezone, translation

from frontdesk.accounts.models import TelegramLink
from frontdesk.accounts.telegram_links import mark_blocked
from frontdesk.channels.telegram.models import Chat, Kind, Outgoing, SendState
from frontdesk.channels.telegram.outbox_rows import (
    end_well,
    is_link_active,
    lock_waiting,
    message_of,
    next_rows,
)
from frontdesk.channels.telegram.person import Person, spoken
from frontdesk.channels.telegram.queueing import where_it_is
from frontdesk.shared.writing import update
from frontdesk.support.models import Attachment

FILES = frozenset({Kind.PHOTOS, Kind.DOCUMENTS})


class End(StrEnum):
    """How a call ended."""

    SENT = "sent"
    AGAIN = "again"
    FAILED = "failed"
    BLOCKED = "blocked"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of a call. `wait_seconds` holds back this row, `holds_chat` the whole chat."""

    end: End
    message_ids: tuple[int, ...] = ()
    reason: str = ""
    wait_seconds: float = 0.0
    holds_chat: bool = False


@dataclass(frozen=True, slots=True)
class ToSend:
    """One call to make. `on_message` is the message that is edited, or replied to."""

    id: int
    kind: Kind
    chat_id: int
    payload: dict[str, Any]
    attempts: int
    on_message: int | None
    files: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Marked:
    """A row that is marked as being sent, at which attempt."""

    id: int
    chat_id: int
    attempts: int


@dataclass(frozen=True, slots=True)
class Later:
    """Nothing is due in the chat before so many seconds."""

    seconds: float


def take_next(bot_id: int, chat_id: int) -> ToSend | Later | None:
    """Mark the chat's next message as being sent and return it; None when nothing waits.

    Messages go in order. Files that have to be tried again do not hold up the words after them.
    """
    with transaction.atomic():
        return _take(bot_id, chat_id)


def settle(row_id: int, sent: Sent) -> None:
    """Record how the call ended, and what follows from it."""
    with transaction.atomic():
        _settle(row_id, sent)


def settle_and_take(row_id: int, sent: Sent, bot_id: int, chat_id: int) -> ToSend | Later | None:
    """Record how a call ended and take the chat's next message, in one transaction."""
    with transaction.atomic():
        _settle(row_id, sent)
        return _take(bot_id, chat_id)


def recover(bot_id: int) -> int:
    """Put back what was being sent when the process died, counted; return how many."""
    return Outgoing.objects.filter(bot_id=bot_id, state=SendState.SENDING).update(
        state=SendState.QUEUED, repeats=F("repeats") + 1
    )


def being_sent(bot_id: int) -> list[Marked]:
    """Return what is marked as being sent."""
    rows = Outgoing.objects.filter(bot_id=bot_id, state=SendState.SENDING)
    return [Marked(*row) for row in rows.values_list("pk", "chat_id", "attempts")]


def put_back_forgotten(rows: list[Marked]) -> int:
    """Put back what nobody is sending: the answer to its marking was lost with a connection.

    Returns how many; what was settled since it was looked at is none of them.
    """
    found = 0
    for row in rows:
        same = Outgoing.objects.filter(pk=row.id, attempts=row.attempts, state=SendState.SENDING)
        found += same.update(state=SendState.QUEUED, repeats=F("repeats") + 1)
    return found


def resend_failed(bot_id: int) -> int:
    """Let everything that was given up be tried again; return how many."""
    return Outgoing.objects.filter(bot_id=bot_id, state=SendState.FAILED).update(
        state=SendState.QUEUED, attempts=0, reason="", due_at=timezone.now()
    )


def due_chats(bot_id: int) -> set[int]:
    """Return the chats where something is due."""
    rows = Outgoing.objects.filter(bot_id=bot_id, state=SendState.QUEUED)
    first = rows.values("chat_id").annotate(due=Min("due_at"))
    return set(first.filter(due__lte=timezone.now()).values_list("chat_id", flat=True))


def lengths(bot_id: int) -> tuple[int, int]:
    """Return how many messages wait, and how many were given up."""
    waiting = Q(state__in=[SendState.QUEUED, SendState.SENDING])
    rows = Outgoing.objects.filter(bot_id=bot_id)
    found = rows.filter(waiting | Q(state=SendState.FAILED)).aggregate(
        queued=Count("pk", filter=waiting), failed=Count("pk", filter=Q(state=SendState.FAILED))
    )
    return found["queued"], found["failed"]


def _take(bot_id: int, chat_id: int) -> ToSend | Later | None:
    # Most looks find nothing: this one reads an index, and no words.
    row_id, wait = _first_due(next_rows(bot_id, chat_id))
    if row_id is None:
        return None if wait is None else Later(wait)
    row = lock_waiting(row_id)
    if reason := _why_not(row):
        _end(row, SendState.SKIPPED, reason)
        return Later(0)
    row.state, row.attempts = SendState.SENDING, row.attempts + 1
    update(row, "state", "attempts")
    return _to_send(row)


def _settle(row_id: int, sent: Sent) -> None:
    if sent.end is End.SENT:
        end_well(row_id, sent.message_ids)
        return
    row = Outgoing.objects.filter(pk=row_id).select_for_update().get()
    if sent.end is End.AGAIN:
        _put_back(row, sent)
    elif sent.end is End.BLOCKED:
        _block(row, sent.reason)
    elif sent.end is End.SKIPPED:
        _end(row, SendState.SKIPPED, sent.reason)
    else:
        _give_up(row, sent.reason)


def _first_due(
    rows: Iterable[tuple[int, str, datetime]],
) -> tuple[int | None, float | None]:
    """Return the row to send now, else how long to wait for one."""
    now, wait = timezone.now(), None
    for row_id, kind, due_at in rows:
        seconds = (due_at - now).total_seconds()
        if seconds <= 0:
            return row_id, None
        wait = seconds if wait is None else min(wait, seconds)
        if kind not in FILES:
            break
    return None, wait


def _why_not(row: Outgoing) -> str:
    """Return why the message must not go out any more: the link or the right may be gone."""
    if row.link_id is None:
        return ""
    if row.ticket_id is None:
        return "" if is_link_active(row.link_id) else "the chat is not linked any more"
    links = TelegramLink.objects.active().filter(pk=row.link_id)
    link = links.select_related("user", "bot").first()
    if link is None:
        return "the chat is not linked any more"
    is_visible = Person(link, link.bot).tickets().filter(pk=row.ticket_id).exists()
    return "" if is_visible else "the ticket is not the person's any more"


def _to_send(row: Outgoing) -> ToSend:
    rows = Attachment.objects.filter(pk__in=row.files) if row.files else ()
    files = {file.pk: file for file in rows}
    return ToSend(
        id=row.pk,
        kind=Kind(row.kind),
        chat_id=row.chat_id,
        payload=row.payload,
        attempts=row.attempts,
        on_message=row.payload.get("message_id") or message_of(row.target),
        files=tuple(files[pk] for pk in row.files if pk in files),
    )


def _end(row: Outgoing, state: SendState, reason: str) -> None:
    """Words are kept for as long as they may be needed: the ticket has them."""
    row.state, row.reason = state, reason
    if state is not SendState.FAILED:
        row.payload = {}
    row.save(update_fields=["state", "reason", "payload"])


def _put_back(row: Outgoing, sent: Sent) -> None:
    due_at = timezone.now() + timedelta(seconds=sent.wait_seconds)
    row.state, row.reason, row.due_at = SendState.QUEUED, sent.reason, due_at
    row.save(update_fields=["state", "reason", "due_at"])
    if sent.holds_chat:
        _waiting(row).filter(due_at__lt=due_at).update(due_at=due_at)


def _block(row: Outgoing, reason: str) -> None:
    """Nobody reads here: nothing waits for him, and the account area tells him why."""
    _end(row, SendState.FAILED, reason)
    _waiting(row).update(state=SendState.FAILED, reason=reason)
    if row.link_id is not None:
        mark_blocked(row.link_id)


def _waiting(row: Outgoing) -> QuerySet[Outgoing]:
    return Outgoing.objects.filter(bot_id=row.bot_id, chat_id=row.chat_id, state=SendState.QUEUED)


def _give_up(row: Outgoing, reason: str) -> None:
    """What could not be done as meant is done another way: no word is lost."""
    if row.kind == Kind.EDIT:
        instead = _copy(row, row.payload | {"message_id": None})
        if row.target is not None:
            chats = Chat.objects.filter(bot_id=row.bot_id, chat_id=row.chat_id, live=row.target)
            chats.update(live=instead.pk)
        _end(row, SendState.SKIPPED, reason)
        return
    _end(row, SendState.FAILED, reason)
    if row.kind in FILES:
        for file in Attachment.objects.filter(pk__in=row.files):
            _copy(row, {"html": _where_it_is(row, file), "buttons": []})


def _copy(row: Outgoing, payload: dict[str, Any]) -> Outgoing:
    now = timezone.now()
    return Outgoing.objects.create(
        bot_id=row.bot_id,
        link_id=row.link_id,
        chat_id=row.chat_id,
        ticket_id=row.ticket_id,
        kind=Kind.MESSAGE,
        payload=payload,
        due_at=now,
        created_at=now,
    )


def _where_it_is(row: Outgoing, file: Attachment) -> str:
    language = spoken(row.link.language, row.link.user.language) if row.link else ""
    with translation.override(language or translation.get_language()):
        return where_it_is(file)
