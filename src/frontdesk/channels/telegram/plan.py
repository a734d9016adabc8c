"""How a bot is to run; when any of it changes, it is started anew."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plan:
    """One bot: its token, and where Telegram is to call with which secret, or nowhere."""

    bot_id: int
    token: str
    webhook_address: str = ""
    webhook_secret: str = ""

    @property
    def is_webhook(self) -> bool:
        """Whether Telegram calls us; otherwise it is asked."""
        return bool(self.webhook_address)
