"""Adds a message to a thread: the part that opening and answering share."""

from datetime import datetime
from functools import cache

from frontdesk.shared.composed import OTHER_NUMBER, SOME_NUMBER, SOME_TEXT, Composed, compose
from frontdesk.shared.text import storable
from frontdesk.support.actor import Actor
from frontdesk.support.errors import MessageTooLong
from frontdesk.support.models import Attachment, Message, Ticket, Upload
from frontdesk.support.room import take_room
from frontdesk.support.search import marks_of, search_vector

TEXT_LENGTH = 65_536


def clean_text(text: str) -> str:
    """Return the text as it is kept: Unix line ends, no blank edges, nothing that cannot be kept.

    Raises MessageTooLong when it has more symbols than a message may.
    """
    text = storable(text).replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(text) > TEXT_LENGTH:
        raise MessageTooLong(length=len(text), limit=TEXT_LENGTH)
    return text


def uploads_of(by: Actor, key: str) -> list[Upload]:
    """Return the files received for this form, locked until they are a message's."""
    any_of = _any_uploads()
    if not any_of.rows({SOME_NUMBER: by.user.pk, OTHER_NUMBER: by.provider_id, SOME_TEXT: key}):
        return []  # as with most messages
    rows = Upload.objects.filter(user_id=by.user.pk, key=key, provider_id=by.provider_id)
    return list(rows.select_for_update().order_by("id"))


@cache
def _any_uploads() -> Composed:
    rows = Upload.objects.filter(user_id=SOME_NUMBER, key=SOME_TEXT, provider_id=OTHER_NUMBER)
    return compose(rows.values_list("id")[:1])


def add_message(
    ticket: Ticket, *, by: Actor, text: str, uploads: list[Upload], at: datetime, pk: int
) -> Message:
    """Write the message with its files; the ticket's own fields are the caller's.

    Raises FileRefused where the account has no room for a client's files.
    """
    searchable = "\n".join([text, *(upload.name for upload in uploads)])
    if pk == ticket.last_message_id and ticket.message_count == 1:
        searchable = f"{ticket.subject}\n{searchable}"
    marks = marks_of(pk, provider_id=ticket.provider_id, account_id=ticket.account_id)
    message = Message(
        pk=pk,
        provider_id=ticket.provider_id,
        ticket=ticket,
        author_id=by.user.pk,
        side=by.reach.side,
        channel=by.channel,
        text=text,
        words=search_vector(searchable, marks),
        created_at=at,
    )
    message.save(force_insert=True)
    take_room(uploads, by=by, account_id=ticket.account_id)
    attach(message, uploads)
    return message


def attach(message: Message, uploads: list[Upload]) -> None:
    """Turn the form's files into the message's."""
    if not uploads:
        return
    Attachment.objects.bulk_create(
        Attachment(
            provider_id=message.provider_id,
            message=message,
            name=upload.name,
            size=upload.size,
            content_type=upload.content_type,
            storage_key=upload.storage_key,
            width=upload.width,
            height=upload.height,
        )
        for upload in uploads
    )
    Upload.objects.filter(pk__in=[upload.pk for upload in uploads]).delete()
