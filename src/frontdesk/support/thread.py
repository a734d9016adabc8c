"""Adds a message to a thread: the part that opening and answering share."""

from datetime import datetime

from frontdesk.shared.composed import Composed
from frontdesk.shared.text import storable
from frontdesk.shared.writing import insert
from frontdesk.support.actor import Actor
from frontdesk.support.errors import MessageTooLong
from frontdesk.support.models import Attachment, Message, Ticket, Upload
from frontdesk.support.room import take_room
from frontdesk.support.search import marks_of, words_of

TEXT_LENGTH = 65_536
TAKE_FORM = """
WITH forgotten AS (
    DELETE FROM support_draft WHERE user_id = %s AND provider_id = %s AND key = %s
)
SELECT EXISTS (
    SELECT FROM support_upload WHERE user_id = %s AND provider_id = %s AND key = %s
)
"""
WORDS = "array_to_tsvector(%s::text[])"


def clean_text(text: str) -> str:
    """Return the text as it is kept: Unix line ends, no blank edges, nothing that cannot be kept.

    Raises MessageTooLong when it has more symbols than a message may.
    """
    text = storable(text).replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(text) > TEXT_LENGTH:
        raise MessageTooLong(length=len(text), limit=TEXT_LENGTH)
    return text


def take_form(by: Actor, key: str) -> list[Upload]:
    """Return the files received for this form, locked until they are a message's.

    Its draft is forgotten: what is sent now is no longer one.
    """
    form = (by.user.pk, by.provider_id, key)
    [(has_files,)] = Composed(TAKE_FORM, form * 2).rows()
    if not has_files:
        return []  # as with most messages
    rows = Upload.objects.filter(user_id=by.user.pk, key=key, provider_id=by.provider_id)
    return list(rows.select_for_update().order_by("id"))


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
        words=[*words_of(searchable), *marks],
        created_at=at,
    )
    insert(message, returning="id", words=WORDS)
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
