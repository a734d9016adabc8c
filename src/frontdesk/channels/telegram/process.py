"""The process `frontdesk telegram`: runs every active bot, each in one process of all."""

import asyncio
import contextlib
import os
import signal
from typing import TYPE_CHECKING

import psycopg
from django.conf import settings
from structlog import get_logger

from frontdesk.accounts.models import TelegramBot
from frontdesk.accounts.models.telegram import TelegramMode
from frontdesk.accounts.telegram_bots import (
    BotTaken,
    bot_token,
    connect_bot,
    disconnect_bot,
    report,
    webhook_address,
    webhook_secret,
)
from frontdesk.channels.telegram.plan import Plan
from frontdesk.channels.telegram.switchboard import Switchboard
from frontdesk.channels.telegram.threads import GONE, Database
from frontdesk.shared.sealing import Unsealable

if TYPE_CHECKING:
    from frontdesk.channels.telegram.runner import BotRunner

logger = get_logger(__name__)

LOOK_SECONDS = 1.0


def run() -> None:
    """Run the bots until told to stop."""
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_run())


async def _run() -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    database = Database()
    try:
        while not stop.is_set():
            try:
                async with Switchboard() as board:
                    await Bots(board, database).run(stop)
            except (psycopg.Error, *GONE) as error:
                logger.warning("telegram_database_away", reason=str(error)[:200])
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), 1.0)
    finally:
        database.close()


class Bots:
    """The bots that this process runs, as long as it holds their locks."""

    def __init__(self, board: Switchboard, database: Database) -> None:
        """Begin with none."""
        self._board = board
        self._database = database
        self._runners: dict[int, tuple[BotRunner, asyncio.Task[None]]] = {}

    async def run(self, stop: asyncio.Event) -> None:
        """Follow the settings until told to stop, or until the locks are lost."""
        listening = asyncio.create_task(self._listen())
        try:
            await self._database.run(_follow_environment)
            while not stop.is_set():
                await self._board.check()
                if listening.done():
                    listening.result()
                await self._follow(await self._database.run(_plans))
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), LOOK_SECONDS)
        finally:
            listening.cancel()
            await asyncio.gather(*(self._end(bot_id) for bot_id in list(self._runners)))

    async def _follow(self, plans: dict[int, Plan]) -> None:
        for bot_id, (runner, task) in list(self._runners.items()):
            if task.done() or plans.get(bot_id) != runner.plan:
                await self._end(bot_id)
                await self._board.give_back(bot_id)
        for bot_id, plan in plans.items():
            if bot_id not in self._runners and await self._board.take(bot_id):
                self._begin(plan)

    def _begin(self, plan: Plan) -> None:
        # Loaded with the first bot: where there is none, its memory is not needed.
        from frontdesk.channels.telegram.runner import BotRunner

        runner = BotRunner(plan, self._database)
        self._runners[plan.bot_id] = (runner, asyncio.create_task(runner.run()))
        logger.info("telegram_bot_started", bot=plan.bot_id)

    async def _end(self, bot_id: int) -> None:
        _runner, task = self._runners.pop(bot_id)
        task.cancel()
        results = await asyncio.gather(task, return_exceptions=True)
        if isinstance(results[0], Exception):
            logger.error("telegram_bot_broke", bot=bot_id, exc_info=results[0])

    async def _listen(self) -> None:
        async for words in self._board.wakes():
            if words.get("die") and settings.DEMO:
                os.kill(os.getpid(), signal.SIGKILL)
            found = self._runners.get(words.get("bot", 0))
            if found is not None:
                found[0].wake(int(words.get("chat", 0)))


def _follow_environment() -> None:
    """The installation's bot is who TELEGRAM_BOT_TOKEN names; the demo's belongs to a provider."""
    if settings.DEMO:
        return
    if not settings.TELEGRAM_BOT_TOKEN:
        disconnect_bot(provider=None)
        return
    try:
        connect_bot(provider=None, token=settings.TELEGRAM_BOT_TOKEN)
    except BotTaken:
        # What the older setting named is not what is wanted now either.
        disconnect_bot(provider=None)
        logger.error("telegram_bot_of_a_provider", setting="TELEGRAM_BOT_TOKEN")


def _plans() -> dict[int, Plan]:
    """Return how each active bot is to run; one whose token cannot be read is left out."""
    plans = {}
    for bot in TelegramBot.objects.filter(is_active=True).select_related("provider"):
        try:
            plans[bot.pk] = _plan(bot)
        except Unsealable:
            words = "The token cannot be read: SECRET_KEY has changed. Enter it again."
            report(bot.pk, last_error=words)
    return plans


def _plan(bot: TelegramBot) -> Plan:
    if bot.mode != TelegramMode.WEBHOOK:
        return Plan(bot.pk, bot_token(bot))
    return Plan(bot.pk, bot_token(bot), webhook_address(bot), webhook_secret(bot))
