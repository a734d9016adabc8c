"""How the bot is doing, as its settings page and /readyz read it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from frontdesk.accounts.telegram_bots import report
from frontdesk.channels.telegram.outbox import lengths


@dataclass(slots=True)
class Health:
    """What the process has seen since it started."""

    last_success_at: datetime | None = None
    last_error: str = ""
    last_error_at: datetime | None = None

    def succeeded(self) -> None:
        """Telegram answered."""
        self.last_success_at = timezone.now()

    def failed(self, reason: str) -> None:
        """Telegram refused, or did not answer."""
        self.last_error, self.last_error_at = reason, timezone.now()

    def write(self, bot_id: int) -> None:
        """Tell it, with the time: the bot is alive."""
        queued, failed = lengths(bot_id)
        known: dict[str, object] = {"beat_at": timezone.now(), "queued": queued, "failed": failed}
        if self.last_success_at is not None:
            known["last_success_at"] = self.last_success_at
        if self.last_error_at is not None:
            known |= {"last_error": self.last_error, "last_error_at": self.last_error_at}
        report(bot_id, **known)
