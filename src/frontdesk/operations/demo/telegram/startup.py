"""Starts the sandbox in a demo, and gives the demo's provider its bot."""

import asyncio
import os
import secrets

# What Telegram allows in one chat: a burst, then about one message a second.
BURST = 30
BOT_NUMBER = 700100
USERNAME = "northhost_bot"
NAME = "North Host support"


def sandbox_environment(port: int) -> dict[str, str]:
    """Return what the demo's processes are told of the sandbox on this port."""
    address = f"http://127.0.0.1:{port}"
    return {
        "TELEGRAM_API_URL": address,
        "TELEGRAM_SANDBOX_URL": address,
        # Made anew each time; the number before the colon is what a bot is known by.
        "TELEGRAM_BOT_TOKEN": f"{BOT_NUMBER}:{secrets.token_urlsafe(24)}",
    }


def run_sandbox(port: int) -> None:
    """Serve the sandbox for the bot whose token the environment names."""
    # Here and not above: the process that starts all others has no use for a web server.
    from frontdesk.operations.demo.telegram.server import Sandbox, serve
    from frontdesk.operations.demo.telegram.world import SandboxBot

    token = os.environ["TELEGRAM_BOT_TOKEN"]
    bot = SandboxBot(token=token, username=USERNAME, name=NAME)
    asyncio.run(serve(Sandbox((bot,), port=port, burst=BURST)))
