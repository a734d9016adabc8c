"""A person takes a file out of a form that is not sent yet."""

from django.core.files.storage import default_storage
from django.db import transaction

from frontdesk.support.actor import Actor
from frontdesk.support.models import Upload


def remove_file(*, by: Actor, upload_id: int) -> None:
    """Forget an own waiting file. Raises Upload.DoesNotExist for another person's."""
    with transaction.atomic():
        own = Upload.objects.select_for_update().filter(
            user_id=by.user.pk, provider_id=by.provider_id
        )
        upload = own.get(pk=upload_id)
        upload.delete()
        # Only after the commit: a row without its file is worse than a file without its row.
        transaction.on_commit(lambda: default_storage.delete(upload.storage_key))
