"""Wakes the bot's process: something waits to be sent to a chat, or to be acted on."""

from frontdesk.shared.wake import wake_after_commit

CHANNEL = "frontdesk_telegram"


def wake(bot_id: int, chat_id: int) -> None:
    """Tell the process after this commit. It looks by itself every second as well."""
    wake_after_commit(CHANNEL, {"bot": bot_id, "chat": chat_id})


def restart_demo_bot(bot_id: int) -> None:
    """Let the demo's bot die at once, as a crash would, and come back."""
    wake_after_commit(CHANNEL, {"bot": bot_id, "chat": 0, "die": True})
