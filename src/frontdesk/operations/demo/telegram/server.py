"""The sandbox as a server of its own: a Bot API for the bot, and a phone's side for people."""

import asyncio
import contextlib
import signal
from dataclasses import dataclass

import aiohttp
from aiohttp import web

from frontdesk.operations.demo.telegram import control
from frontdesk.operations.demo.telegram.bot_api import FAILURES, WORLD, call_method, send_file
from frontdesk.operations.demo.telegram.failures import Failures
from frontdesk.operations.demo.telegram.world import Json, SandboxBot, World

LOOPBACK = "127.0.0.1"
REQUEST_BYTES = 60 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Sandbox:
    """A sandbox to run: its bots, its port, and the limit of one chat (0: none)."""

    bots: tuple[SandboxBot, ...]
    port: int = 0
    burst: int = 0

    def app(self) -> web.Application:
        """Return the server's application with a fresh world."""
        app = web.Application(client_max_size=REQUEST_BYTES)
        app[WORLD] = World(list(self.bots))
        app[FAILURES] = Failures(burst=self.burst)
        app.router.add_route("*", "/bot{token:[^/]+}/{method}", call_method)
        app.router.add_get("/file/bot{token:[^/]+}/files/{file_id}", send_file)
        app.router.add_get("/sandbox/chat", control.show_chat)
        app.router.add_get("/sandbox/calls", control.calls)
        app.router.add_get("/sandbox/file/{file_id}", control.file)
        for act in (control.write, control.press, control.edit, control.block, control.clear):
            app.router.add_post(f"/sandbox/{act.__name__}", act)
        app.router.add_post("/sandbox/meet", control.meet)
        app.router.add_post("/sandbox/forget", control.forget)
        app.router.add_post("/sandbox/fail", control.fail)
        app.on_startup.append(_open_webhooks)
        return app

    async def start(self) -> tuple[web.AppRunner, int]:
        """Listen on the loopback; return the runner and the port."""
        # A poll ends with its caller: nobody waits for a bot that died.
        runner = web.AppRunner(
            self.app(), access_log=None, shutdown_timeout=0.5, handler_cancellation=True
        )
        await runner.setup()
        # The port may be kept for us by the process that started us.
        site = web.TCPSite(runner, LOOPBACK, self.port, reuse_port=bool(self.port) or None)
        await site.start()
        return runner, int(runner.addresses[0][1])


async def _open_webhooks(app: web.Application) -> None:
    """Deliver updates of bots in webhook mode, one after the other, as Telegram does."""
    waiting: asyncio.Queue[tuple[SandboxBot, Json]] = asyncio.Queue()
    app[WORLD].push = lambda bot, update: waiting.put_nowait((bot, update))

    async def deliver() -> None:
        async with aiohttp.ClientSession() as session:
            while True:
                bot, update = await waiting.get()
                await _deliver(session, bot, update)

    task = asyncio.create_task(deliver())

    async def close(_app: web.Application) -> None:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task

    app.on_cleanup.append(close)


async def _deliver(session: aiohttp.ClientSession, bot: SandboxBot, update: Json) -> None:
    headers = {"X-Telegram-Bot-Api-Secret-Token": bot.webhook_secret}
    while bot.webhook_url:
        with contextlib.suppress(aiohttp.ClientError, TimeoutError):
            async with session.post(bot.webhook_url, json=update, headers=headers) as answer:
                if answer.status < 300:
                    return
        await asyncio.sleep(0.5)


async def serve(sandbox: Sandbox) -> None:
    """Serve until told to stop."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    runner, _port = await sandbox.start()
    try:
        await stop.wait()
    finally:
        await runner.cleanup()
