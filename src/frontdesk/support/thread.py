"""Adds a message to a thread: the part that opening and answering share."""

from dataclasses import dataclass
from datetime import datetime

from django.db import models

from frontdesk.shared.composed import Composed
from frontdesk.shared.text import storable
from frontdesk.shared.writing import inserting
from frontdesk.support.actor import Actor
from frontdesk.support.errors import MessageTooLong
from frontdesk.support.models import Attachment, Message, Ticket, Upload
from frontdesk.support.once import Once, claim
from frontdesk.support.room import take_room
from frontdesk.support.search import marks_of, words_of

TEXT_LENGTH = 65_536
# What came for a form while its key was waited for counts too, and a statement that waits does not
# see it: so this is asked in the next one, and the draft goes with what is written last.
OF_FORM = """
SELECT nextval(pg_get_serial_sequence('support_message', 'id')), EXISTS (
    SELECT FROM support_upload WHERE user_id = %s AND provider_id = %s AND key = %s
)
"""
FORGET = "DELETE FROM support_draft WHERE user_id = %s AND provider_id = %s AND key = %s"
WORDS = "array_to_tsvector(%s::text[])"


def clean_text(text: str) -> str:
    """Return the text as it is kept: Unix line ends, no blank edges, nothing that cannot be kept.

    Raises MessageTooLong when it has more symbols than a message may.
    """
    text = storable(text).replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(text) > TEXT_LENGTH:
        raise MessageTooLong(length=len(text), limit=TEXT_LENGTH)
    return text


@dataclass(frozen=True, slots=True)
class TakenForm:
    """A form that is acted on: the ids that its result and a message are to have, and the files
    received for it, locked until they are the message's. `forgets` deletes its draft."""

    result_id: int
    message_id: int
    uploads: list[Upload]
    forgets: Composed


def take_form(once: Once, result: type[models.Model], *, by: Actor) -> TakenForm:
    """Claim a form's key as `claim` does, and take what was kept under it."""
    form = (by.user.pk, by.provider_id, once.key)
    result_id = claim(once, result)
    [(message_id, has_files)] = Composed(OF_FORM, form).rows()
    # Most messages have none.
    uploads = uploads_of(by, once.key) if has_files else []
    return TakenForm(result_id, message_id, uploads, Composed(FORGET, form))


def uploads_of(by: Actor, key: str) -> list[Upload]:
    """Return the files received for a form, locked until the end of the transaction."""
    rows = Upload.objects.filter(user_id=by.user.pk, key=key, provider_id=by.provider_id)
    return list(rows.select_for_update().order_by("id"))


def add_message(
    ticket: Ticket, *, by: Actor, text: str, uploads: list[Upload], at: datetime, pk: int
) -> tuple[Message, Composed]:
    """Add a message with its files; the ticket's own fields are the caller's. The message itself
    is written by what is returned beside it.

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
    take_room(uploads, by=by, account_id=ticket.account_id)
    attach(message, uploads)
    return message, inserting(message, words=WORDS)


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
