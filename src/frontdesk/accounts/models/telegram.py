"""Telegram as an identity: the bots, the chats that people linked, and a provider's limits."""

from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from frontdesk.accounts.models.provider import Provider


class TelegramMode(models.TextChoices):
    """How updates reach us."""

    POLLING = "polling", _("Ask Telegram (works everywhere)")
    WEBHOOK = "webhook", _("Telegram calls us (needs a public https address)")


class TelegramBot(models.Model):
    """A bot of one provider or, without a provider, of the installation, for all of them.

    The lower fields are what its process reports of itself.
    """

    provider = models.ForeignKey(
        Provider, models.CASCADE, related_name="telegram_bots", null=True, blank=True
    )
    telegram_id = models.BigIntegerField(null=True, blank=True, help_text="Before the colon.")
    sealed_token = models.TextField()
    sealed_webhook_secret = models.TextField()
    mode = models.CharField(
        max_length=7, choices=TelegramMode.choices, default=TelegramMode.POLLING
    )
    is_active = models.BooleanField(default=True)
    username = models.CharField(max_length=64, blank=True, help_text="Learned by getMe.")
    name = models.CharField(max_length=128, blank=True)
    beat_at = models.DateTimeField(null=True, blank=True)
    last_success_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=300, blank=True)
    last_error_at = models.DateTimeField(null=True, blank=True)
    queued = models.PositiveIntegerField(default=0, help_text="Messages waiting to be sent.")
    failed = models.PositiveIntegerField(default=0, help_text="Messages that were given up.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["provider"],
                name="telegram_bot_active_once",
                condition=Q(is_active=True),
                nulls_distinct=False,
            ),
            # Two that ask Telegram for one bot's updates would take them from each other.
            models.UniqueConstraint(
                fields=["telegram_id"],
                name="telegram_bot_of_one_owner",
                condition=Q(is_active=True),
            ),
        ]

    def __str__(self) -> str:
        return f"@{self.username}" if self.username else f"bot {self.pk}"


class TelegramLimits(models.Model):
    """What a provider allows in its clients' chats; a symbol is a Unicode code point."""

    provider = models.OneToOneField(
        Provider, models.CASCADE, related_name="telegram_limits", primary_key=True
    )
    most_symbols = models.PositiveSmallIntegerField(
        _("symbols in a message"),
        default=255,
        validators=[MinValueValidator(1), MaxValueValidator(4096)],
    )
    most_files = models.PositiveSmallIntegerField(
        _("files in a ticket or reply"),
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(10)],
    )

    class Meta:
        verbose_name_plural = "telegram limits"

    def __str__(self) -> str:
        return f"{self.most_symbols} symbols, {self.most_files} files"


class TelegramLinkQuerySet(models.QuerySet["TelegramLink"]):
    """Selections of links."""

    def active(self) -> "TelegramLinkQuerySet":
        """Not taken back by either side."""
        return self.filter(unlinked_at__isnull=True)

    def reachable(self) -> "TelegramLinkQuerySet":
        """Active, and the person has not blocked the bot."""
        return self.active().filter(blocked_at__isnull=True)


class TelegramLink(models.Model):
    """A chat that is a person's. Rows stay when the link ends: they are its history.

    `username` is what Telegram showed, @alice_bakes or a first name: for reading only, anybody
    can take any name.
    """

    bot = models.ForeignKey(TelegramBot, models.CASCADE, related_name="links")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="telegram_links"
    )
    chat_id = models.BigIntegerField()
    username = models.CharField(max_length=64, blank=True)
    language = models.CharField(max_length=10, blank=True)
    linked_at = models.DateTimeField()
    unlinked_at = models.DateTimeField(null=True, blank=True)
    blocked_at = models.DateTimeField(null=True, blank=True)

    objects = TelegramLinkQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["bot", "chat_id"],
                name="telegram_chat_linked_once",
                condition=Q(unlinked_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"chat {self.chat_id} of {self.user_id}"


class TelegramLinkCode(models.Model):
    """A code that links a chat: once, for 15 minutes. Only keyed hashes of it are kept."""

    bot = models.ForeignKey(TelegramBot, models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    link_digest = models.CharField(max_length=64, unique=True)
    typed_digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"code {self.pk} for {self.user_id}"
