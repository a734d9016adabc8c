"""Client or staff answer in a ticket."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from frontdesk.shared.composed import Composed
from frontdesk.shared.writing import updating
from frontdesk.support import errors
from frontdesk.support.actions.close import apply_close
from frontdesk.support.actor import Actor
from frontdesk.support.locking import lock_ticket
from frontdesk.support.models import DraftKind, EventKind, Message, Ticket
from frontdesk.support.once import AlreadyDone, Once, digest_of, form_scope
from frontdesk.support.record import record
from frontdesk.support.statuses import MOVES, Act, Side, Status
from frontdesk.support.subjects import snippet_from
from frontdesk.support.thread import TakenForm, add_message, clean_text, take_form

# What a ticket keeps of its last message, for the lists.
KEPT = (
    *("status", "waiting_since", "last_message_at", "last_message_id"),
    *("last_author_id", "last_side", "last_snippet", "message_count"),
)
KIND = {Side.CLIENT: EventKind.CLIENT_REPLIED, Side.STAFF: EventKind.STAFF_REPLIED}


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered. `last_seen_id` is the last message the writer had before him: newer
    ones refuse the answer until he has seen them; None means that he sends anyway.
    `and_close` closes the ticket in the same act."""

    text: str
    last_seen_id: int | None = None
    and_close: bool = False


def reply(*, by: Actor, number: int, answer: Answer, key: str) -> Message:
    """Add a message with the files received under `key`, and return it; the same key again
    returns the same message.

    Raises Ticket.DoesNotExist, EmptyMessage, MessageTooLong, TicketSolved, NewerMessages,
    BadKey, or AlreadySent when the key was used with other words.
    """
    text = clean_text(answer.text)
    once = Once(form_scope(by, DraftKind.REPLY), key, digest_of(number, text))
    try:
        with transaction.atomic():
            ticket = lock_ticket(by.reach, number)
            form = take_form(once, Message, by=by)
            return _reply(ticket, by=by, text=text, answer=answer, form=form)
    except AlreadyDone as done:
        first = Message.objects.select_related("ticket").get(pk=done.result_id)
        if not Ticket.objects.visible_to(by.reach).filter(pk=first.ticket_id).exists():
            raise Ticket.DoesNotExist from None
        if not done.is_same:
            raise errors.AlreadySent(first.ticket) from None
        return first


def _reply(ticket: Ticket, *, by: Actor, text: str, answer: Answer, form: TakenForm) -> Message:
    status = MOVES.get((Status(ticket.status), Act.REPLY, by.reach.side))
    if status is None:
        raise errors.TicketSolved(ticket)
    if not text and not form.uploads:
        raise errors.EmptyMessage
    _guard(ticket, by=by, last_seen_id=answer.last_seen_id)
    message, written = add_message(
        ticket, by=by, text=text, uploads=form.uploads, at=timezone.now(), pk=form.result_id
    )
    moved = _move(ticket, status=status, message=message, by=by)
    data, writes = {"message": message.pk}, (form.forgets, written, moved)
    record(KIND[by.reach.side], by=by, ticket=ticket, data=data, writes=writes)
    if answer.and_close:
        apply_close(ticket, by=by)
    return message


def _guard(ticket: Ticket, *, by: Actor, last_seen_id: int | None) -> None:
    """Refuse an answer to a thread that went on meanwhile; one's own messages do not count."""
    if last_seen_id is None or ticket.last_message_id <= last_seen_id:
        return
    newer = (
        Message.objects.filter(ticket=ticket, pk__gt=last_seen_id)
        .exclude(author_id=by.user.pk)
        .select_related("author")
        .order_by("pk")[:20]
    )
    if found := list(newer):
        raise errors.NewerMessages(found)


def _move(ticket: Ticket, *, status: Status, message: Message, by: Actor) -> Composed:
    """Bring the ticket's kept fields up to its new last message; return what writes them."""
    if status == Status.IN_PROGRESS:
        # A second question does not make the first one younger.
        ticket.waiting_since = ticket.waiting_since or message.created_at
    else:
        ticket.waiting_since = None
    ticket.status = status
    ticket.last_message_at = message.created_at
    ticket.last_message_id = message.pk
    ticket.last_author_id = by.user.pk
    ticket.last_side = by.reach.side
    ticket.last_snippet = snippet_from(message.text)
    ticket.message_count += 1  # its row is locked
    return updating(ticket, *KEPT)
