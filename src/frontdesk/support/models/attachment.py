"""Files: those that wait in a form, and those of a message."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from frontdesk.accounts.models import Provider
from frontdesk.support.models.message import Message
from frontdesk.support.models.once import KEY_LENGTH


class StoredFile(models.Model):
    """What is known of a file. `name` is what the sender called it: data, never a path."""

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(max_length=255)
    size = models.BigIntegerField(help_text="bytes")
    content_type = models.CharField(max_length=100, help_text="Told by the content.")
    storage_key = models.CharField(max_length=100)
    width = models.PositiveIntegerField(null=True, blank=True, help_text="pixels, of an image")
    height = models.PositiveIntegerField(null=True, blank=True, help_text="pixels, of an image")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def is_image(self) -> bool:
        """Whether a preview can be shown."""
        return self.width is not None


class Upload(StoredFile):
    """A file received for a form that is not sent yet; `key` is the form's."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="uploads", db_index=False
    )
    key = models.CharField(max_length=KEY_LENGTH)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the content, as hex.")

    class Meta:
        constraints: ClassVar = [
            # The same form sent twice at once brings its files twice; a message gets them once.
            models.UniqueConstraint(
                fields=["user", "provider", "key", "name", "digest"], name="upload_once"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["created_at"], name="upload_by_age"),
        ]


class Attachment(StoredFile):
    """A file of a message."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="attachments")
