"""Staff take back what they wrote about a client."""

from django.db import transaction

from frontdesk.support import errors
from frontdesk.support.actor import Actor
from frontdesk.support.models.client_note import ClientNote
from frontdesk.support.settings import record_setting


def remove_client_note(*, by: Actor, note_id: int) -> None:
    """Remove a note about a client: one's own, or any for those who lead the desk.

    Raises ClientNote.DoesNotExist or NotAllowed.
    """
    staff = by.staff
    with transaction.atomic():
        own = ClientNote.objects.select_for_update().filter(provider_id=staff.provider_id)
        note = own.get(pk=note_id)
        if note.author_id != by.user.pk and not staff.is_head:
            raise errors.NotAllowed
        record_setting("client_note", note.pk, "removed", by=by)
        note.delete()
