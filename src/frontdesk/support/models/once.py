"""What arrives twice happens once: the keys of forms, updates, mails and calls already acted on."""

from typing import ClassVar

from django.db import models

# Of a key that a form, an update or a call brings along.
KEY_LENGTH = 128


class OnceKey(models.Model):
    """A key that was acted on, and what came of it; kept for good, like what it made.

    `scope` says whose key it is and what for, `digest` is a hash of
    what was sent, so that the same key with other words is told from a mere repeat.
    """

    scope = models.CharField(max_length=80)
    key = models.CharField(max_length=KEY_LENGTH)
    digest = models.CharField(max_length=64)
    result_id = models.BigIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["scope", "key"], name="once_key_unique")
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.key}"
