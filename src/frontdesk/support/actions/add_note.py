"""Staff write an internal note."""

from django.db import transaction
from django.utils import timezone

from frontdesk.support import errors
from frontdesk.support.actor import Actor
from frontdesk.support.models import Draft, DraftKind, EventKind, Ticket
from frontdesk.support.models.note import Note
from frontdesk.support.once import AlreadyDone, Once, claim, digest_of, form_scope
from frontdesk.support.record import record
from frontdesk.support.search import note_vector
from frontdesk.support.thread import clean_text


def add_note(*, by: Actor, number: int, text: str, key: str) -> Note:
    """Add a note that only staff read, and return it; the same key again returns the same note.

    A solved ticket takes notes too: it is read-only for the conversation, not for memory.
    Raises Ticket.DoesNotExist, EmptyMessage, MessageTooLong, BadKey, or AlreadySent.
    """
    text = clean_text(text)
    if not text:
        raise errors.EmptyMessage
    once = Once(form_scope(by, DraftKind.NOTE), key, digest_of(number, text))
    tickets = Ticket.objects.visible_to(by.staff)
    try:
        with transaction.atomic():
            ticket = tickets.get(pk=number)
            note = write_note(ticket, by=by, text=text, pk=claim(once, Note))
            Draft.objects.filter(user_id=by.user.pk, provider_id=by.provider_id, key=key).delete()
            record(EventKind.NOTE_ADDED, by=by, ticket=ticket, data={"note": note.pk})
            return note
    except AlreadyDone as done:
        first = Note.objects.select_related("ticket").get(pk=done.result_id)
        if not tickets.filter(pk=first.ticket_id).exists():
            raise Ticket.DoesNotExist from None
        if not done.is_same:
            raise errors.AlreadySent(first.ticket) from None
        return first


def write_note(ticket: Ticket, *, by: Actor, text: str, pk: int | None = None) -> Note:
    """Write the row; the event is the caller's, who knows what the note is part of."""
    cleaned = clean_text(text)
    return Note.objects.create(
        pk=pk,
        provider_id=ticket.provider_id,
        ticket=ticket,
        author_id=by.user.pk,
        text=cleaned,
        words=note_vector(cleaned, provider_id=ticket.provider_id),
        created_at=timezone.now(),
    )
