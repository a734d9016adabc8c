"""What is asked of the outbox for every message, by texts that are composed once."""

import json
from datetime import datetime
from functools import cache

from django.utils import timezone

from frontdesk.accounts.models import TelegramLink
from frontdesk.channels.telegram.models import Outgoing, SendState
from frontdesk.shared.composed import (
    OTHER_NUMBER,
    SOME_NUMBER,
    Composed,
    ComposedRecords,
    compose,
    compose_records,
)

AHEAD = 8
SENT = """
UPDATE telegram_outgoing SET state = %s, payload = '{}', reason = '', message_id = %s,
    last_message_id = %s, sent_at = %s
WHERE id = %s RETURNING id
"""


def next_rows(bot_id: int, chat_id: int) -> list[tuple[int, str, datetime]]:
    """Return id, kind and due time of the first rows that wait in a chat."""
    rows = _next_rows().rows({SOME_NUMBER: bot_id, OTHER_NUMBER: chat_id})
    return [(row_id, kind, due_at) for row_id, kind, due_at in rows]


def lock_waiting(row_id: int) -> Outgoing:
    """Return the row, locked. Raises Outgoing.DoesNotExist when it does not wait any more."""
    row = _waiting_row().first({SOME_NUMBER: row_id})
    if row is None:
        raise Outgoing.DoesNotExist
    row.payload = json.loads(row.payload)
    return row


def end_well(row_id: int, message_ids: tuple[int, ...]) -> None:
    """Record that a message went out, under these numbers of Telegram's."""
    first, last = min(message_ids, default=None), max(message_ids, default=None)
    Composed(SENT, (SendState.SENT.value, first, last, timezone.now(), row_id)).rows()


def is_link_active(link_id: int) -> bool:
    """Whether the link that a message goes by is neither ended nor blocked."""
    return bool(_active_link().rows({SOME_NUMBER: link_id}))


def message_of(row_id: int | None) -> int | None:
    """Return what Telegram called the message of a row, if it went out."""
    rows = _message_id_of().rows({SOME_NUMBER: row_id}) if row_id is not None else []
    return rows[0][0] if rows else None


@cache
def _next_rows() -> Composed:
    rows = Outgoing.objects.filter(bot_id=SOME_NUMBER, chat_id=OTHER_NUMBER, state=SendState.QUEUED)
    return compose(rows.order_by("id").values_list("id", "kind", "due_at")[:AHEAD])


@cache
def _waiting_row() -> ComposedRecords[Outgoing]:
    rows = Outgoing.objects.filter(pk=SOME_NUMBER, state=SendState.QUEUED).select_for_update()
    return compose_records(rows)


@cache
def _active_link() -> Composed:
    return compose(TelegramLink.objects.active().filter(pk=SOME_NUMBER).values_list("id"))


@cache
def _message_id_of() -> Composed:
    return compose(Outgoing.objects.filter(pk=SOME_NUMBER).values_list("message_id"))
