"""What the channel keeps: each update as it came, each chat's dialogue, each message going out."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from frontdesk.accounts.models import TelegramBot, TelegramLink
from frontdesk.support.models import Event, Ticket


class ArrivalState(models.TextChoices):
    """What became of an update."""

    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"


class Arrival(models.Model):
    """An update, stored as it came before anything is done with it.

    `identity` tells a repeat from another update under the same number: Telegram begins its
    numbers anew after a quiet week, and other servers whenever they start.
    """

    bot = models.ForeignKey(TelegramBot, models.CASCADE, related_name="+", db_index=False)
    update_id = models.BigIntegerField()
    identity = models.CharField(max_length=120)
    chat_id = models.BigIntegerField(null=True)
    raw = models.TextField(help_text="JSON, as it came.")
    state = models.CharField(
        max_length=7, choices=ArrivalState.choices, default=ArrivalState.WAITING
    )
    reason = models.CharField(max_length=200, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    received_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["bot", "update_id", "identity"], name="telegram_update_once"
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["bot", "chat_id", "id"],
                name="telegram_update_waiting",
                condition=Q(state="waiting"),
            ),
            models.Index(fields=["received_at"], name="telegram_update_by_age"),
        ]

    def __str__(self) -> str:
        return f"update {self.update_id}"


class Chat(models.Model):
    """The dialogue of a chat, and whose it is: another person's link does not go on with it.

    `live` is the message that carries the dialogue's keyboard.
    """

    bot = models.ForeignKey(TelegramBot, models.CASCADE, related_name="+", db_index=False)
    chat_id = models.BigIntegerField()
    link = models.ForeignKey(
        TelegramLink, models.SET_NULL, related_name="+", null=True, blank=True, db_index=False
    )
    state = models.JSONField(default=dict)
    is_open = models.BooleanField(default=False, help_text="A dialogue goes on.")
    live = models.BigIntegerField(null=True, blank=True, help_text="Id of an outgoing row.")
    live_slot = models.CharField(max_length=80, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["bot", "chat_id"], name="telegram_chat_once")
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["changed_at"], name="telegram_chat_open", condition=Q(is_open=True)
            )
        ]

    def __str__(self) -> str:
        return f"chat {self.chat_id}"


class Kind(models.TextChoices):
    """One call of the Bot API each."""

    MESSAGE = "message"
    EDIT = "edit"
    NO_BUTTONS = "no_buttons"
    PHOTOS = "photos"
    DOCUMENTS = "documents"


class SendState(models.TextChoices):
    """How far a message has come. `sending` found after a crash is sent again and counted."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    SKIPPED = "skipped"


class Outgoing(models.Model):
    """A message to a chat. `payload` is emptied once it is sent: the ticket has the words.

    `event` and `piece` make what an event queues unique, however often it is delivered.
    `target` is the row whose message an edit changes, `message_id` to `last_message_id` what
    Telegram called the messages (an album has several).
    """

    bot = models.ForeignKey(TelegramBot, models.CASCADE, related_name="+", db_index=False)
    link = models.ForeignKey(
        TelegramLink, models.CASCADE, related_name="+", null=True, blank=True, db_index=False
    )
    chat_id = models.BigIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    payload = models.JSONField(default=dict)
    files: "ArrayField[list[int], list[int]]" = ArrayField(
        models.BigIntegerField(), default=list, blank=True
    )
    ticket = models.ForeignKey(
        Ticket, models.CASCADE, related_name="+", null=True, blank=True, db_index=False
    )
    event = models.ForeignKey(
        Event, models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    piece = models.PositiveSmallIntegerField(default=0)
    target = models.BigIntegerField(null=True, blank=True)
    state = models.CharField(max_length=7, choices=SendState.choices, default=SendState.QUEUED)
    reason = models.CharField(max_length=300, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    repeats = models.PositiveSmallIntegerField(default=0)
    message_id = models.BigIntegerField(null=True, blank=True)
    last_message_id = models.BigIntegerField(null=True, blank=True)
    due_at = models.DateTimeField()
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["event", "link", "piece"],
                name="telegram_event_told_once",
                condition=Q(event__isnull=False),
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["bot", "chat_id", "id"],
                name="telegram_to_send",
                condition=Q(state__in=["queued", "sending"]),
            ),
            models.Index(
                fields=["bot", "chat_id", "message_id"],
                name="telegram_by_message",
                condition=Q(message_id__isnull=False),
            ),
            models.Index(fields=["bot"], name="telegram_failed", condition=Q(state="failed")),
            models.Index(fields=["created_at"], name="telegram_sent_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk} to {self.chat_id}"
