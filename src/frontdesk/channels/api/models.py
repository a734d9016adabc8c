"""First results of calls, for those that arrive twice."""

from typing import ClassVar

from django.db import models

from frontdesk.accounts.models import Provider

KEY_LENGTH = 128


class FirstResult(models.Model):
    """What a call under an Idempotency-Key was answered, letter by letter. `digest` is a hash
    of the call, to tell a repeat from another call under the same key."""

    provider = models.ForeignKey(Provider, models.CASCADE, related_name="+", db_index=False)
    key = models.CharField(max_length=KEY_LENGTH)
    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    body = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["provider", "key"], name="api_key_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["created_at"], name="api_result_by_age")]

    def __str__(self) -> str:
        return f"{self.status} at {self.provider_id}"
