"""Staff write down what colleagues should know of a client."""

from django.db import transaction
from django.utils import timezone

from frontdesk.accounts.models import Account
from frontdesk.support import errors
from frontdesk.support.actor import Actor
from frontdesk.support.models.client_note import ClientNote
from frontdesk.support.once import AlreadyDone, Once, claim, digest_of
from frontdesk.support.settings import record_setting
from frontdesk.support.thread import clean_text

NOTE_LENGTH = 2_000


def add_client_note(*, by: Actor, account_id: int, text: str, key: str) -> ClientNote:
    """Add a note about an account that only staff read; the same key again returns the same.

    Raises NotAllowed, Account.DoesNotExist, EmptyMessage, MessageTooLong or BadKey.
    """
    staff = by.staff
    text = clean_text(text)
    if not text:
        raise errors.EmptyMessage
    if len(text) > NOTE_LENGTH:
        raise errors.MessageTooLong(length=len(text), limit=NOTE_LENGTH)
    scope = f"{by.channel}:{by.provider_id}:{by.user.pk}:client_note"
    try:
        with transaction.atomic():
            account = Account.objects.get(pk=account_id, provider_id=staff.provider_id)
            note = ClientNote(
                pk=claim(Once(scope, key, digest_of(account_id, text)), ClientNote),
                provider_id=account.provider_id,
                account=account,
                author_id=by.user.pk,
                text=text,
                created_at=timezone.now(),
            )
            note.save(force_insert=True)
            record_setting("client_note", note.pk, "added", by=by)
            return note
    except AlreadyDone as done:
        return ClientNote.objects.get(pk=done.result_id, provider_id=staff.provider_id)
