"""One bot at work: fetches updates, has them acted on, sends what waits, tells how it is doing."""

import asyncio
import time

from structlog import get_logger

from frontdesk.channels.telegram import inbound, outbox
from frontdesk.channels.telegram.acts import Fetched
from frontdesk.channels.telegram.fetching import fetch_file
from frontdesk.channels.telegram.forgetting import forget_old
from frontdesk.channels.telegram.health import Health
from frontdesk.channels.telegram.introduction import introduce
from frontdesk.channels.telegram.lanes import Lanes
from frontdesk.channels.telegram.plan import Plan
from frontdesk.channels.telegram.polling import poll
from frontdesk.channels.telegram.sending import send
from frontdesk.channels.telegram.threads import GONE, Database
from frontdesk.shared.bot_api import AnswerCallbackQuery
from frontdesk.shared.telegram_client import TELEGRAM_ERRORS, TelegramClient

logger = get_logger(__name__)

SENDS_AT_ONCE = 30
LOOK_SECONDS = 1.0
BEAT_SECONDS = 5.0
SWEEP_SECONDS = 30.0
PATIENCE_SECONDS = 3.0
EARLY_SECONDS = 0.05


class BotRunner:
    """Runs one bot, whose lock the caller holds."""

    def __init__(self, plan: Plan, database: Database) -> None:
        """Make everything ready; nothing is asked before `run`."""
        self.plan = plan
        self.health = Health()
        self._bot_id = plan.bot_id
        self._database = database
        self._client = TelegramClient(plan.token)
        self._acting = Lanes("telegram-act", self._act)
        self._sending = Lanes("telegram-send", self._send)
        self._sends = asyncio.Semaphore(SENDS_AT_ONCE)
        self._answers: set[asyncio.Task[None]] = set()

    def wake(self, chat_id: int) -> None:
        """Something arrived for a chat, or waits to be sent to it."""
        self._acting.wake(chat_id)
        self._sending.wake(chat_id)

    async def run(self) -> None:
        """Work until cancelled; then what has begun is finished, within three seconds."""
        repeats = await self._database.run_until_done(outbox.recover, self._bot_id)
        if repeats:
            logger.info("telegram_sent_again", messages=repeats)
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._look())
                tasks.create_task(self._beat())
                tasks.create_task(self._sweep())
                tasks.create_task(self._introduce())
                if not self.plan.is_webhook:
                    tasks.create_task(poll(self))
        finally:
            await self._acting.close(PATIENCE_SECONDS)
            await self._sending.close(PATIENCE_SECONDS)
            await self._client.session.close()

    @property
    def client(self) -> TelegramClient:
        """How the bot speaks to Telegram."""
        return self._client

    async def take(self, updates: list[dict[str, object]]) -> None:
        """Store updates for good, and have them acted on."""
        chats = await self._database.run_until_done(inbound.store, self._bot_id, updates)
        for chat_id in chats:
            self._acting.wake(chat_id)

    async def _introduce(self) -> None:
        while not await introduce(self._client, self.plan, self._database, self.health):
            await asyncio.sleep(SWEEP_SECONDS)

    async def _act(self, chat_id: int) -> None:
        """Act on everything that waits in a chat."""
        fetched: dict[int, Fetched] = {}
        while True:
            try:
                handled = await self._database.run_until_done(
                    inbound.handle_next, self._bot_id, chat_id, fetched
                )
            except Exception as error:
                logger.exception("telegram_update_failed", bot=self._bot_id)
                await self._count_failure(chat_id, error)
                continue
            if handled is None:
                return
            if handled.is_early:
                await asyncio.sleep(EARLY_SECONDS)
                continue
            if handled.fetch is not None:
                fetched[handled.arrival_id] = await fetch_file(self._client, handled.fetch)
                continue
            _close(fetched.pop(handled.arrival_id, None))
            self._sending.wake(chat_id)
            if handled.callback_id:
                self._answer(handled.callback_id, handled.toast)
            if not handled.has_more:
                return

    async def _count_failure(self, chat_id: int, error: Exception) -> None:
        reason = f"{type(error).__name__}: {error}"
        is_given_up = await self._database.run_until_done(
            inbound.count_failure, self._bot_id, chat_id, reason
        )
        if is_given_up:
            self._sending.wake(chat_id)
        else:
            await asyncio.sleep(0.5)

    def _answer(self, callback_id: str, toast: str) -> None:
        """Stop the button's spinner; if that fails, Telegram stops it by itself."""
        task = asyncio.create_task(self._answer_press(callback_id, toast))
        self._answers.add(task)
        task.add_done_callback(self._answers.discard)

    async def _answer_press(self, callback_id: str, toast: str) -> None:
        try:
            await self._client.call(
                AnswerCallbackQuery(callback_query_id=callback_id, text=toast or None)
            )
        except TELEGRAM_ERRORS:
            logger.debug("telegram_press_not_answered")

    async def _send(self, chat_id: int) -> None:
        """Send everything that is due in a chat, one after the other."""
        found = await self._database.run_until_done(outbox.take_next, self._bot_id, chat_id)
        while found is not None:
            if isinstance(found, outbox.Later):
                if found.seconds > LOOK_SECONDS:
                    return  # the look around finds it when it is due
                await asyncio.sleep(found.seconds)
                found = await self._database.run_until_done(outbox.take_next, self._bot_id, chat_id)
                continue
            async with self._sends:
                sent = await send(self._client, found)
            self._note(sent)
            found = await self._database.run_until_done(
                outbox.settle_and_take, found.id, sent, self._bot_id, chat_id
            )

    def _note(self, sent: outbox.Sent) -> None:
        """A refusal is an answer too: only silence is a trouble of the whole bot."""
        if sent.reason:
            self.health.failed(sent.reason)
        if sent.end is not outbox.End.AGAIN or sent.holds_chat:
            self.health.succeeded()

    async def _look(self) -> None:
        """Find what no wake told of: after a crash, a lost notice, a wait that is over."""
        while True:
            await self._find_forgotten()
            for chat_id in await self._database.run_until_done(outbox.due_chats, self._bot_id):
                self._sending.wake(chat_id)
            waiting = await self._database.run_until_done(inbound.waiting_chats, self._bot_id)
            for chat_id in waiting:
                self._acting.wake(chat_id)
            await asyncio.sleep(LOOK_SECONDS)

    async def _find_forgotten(self) -> None:
        """Put back what is marked as being sent in a chat where nothing is being sent."""
        marked = await self._database.run_until_done(outbox.being_sent, self._bot_id)
        forgotten = [row for row in marked if not self._sending.is_at_work(row.chat_id)]
        if not forgotten:
            return
        count = await self._database.run_until_done(outbox.put_back_forgotten, forgotten)
        if count:
            logger.warning("telegram_sent_again", messages=count)

    async def _beat(self) -> None:
        """Tell how the bot is doing; more often until Telegram has answered once."""
        while True:
            try:
                await self._database.run(self.health.write, self._bot_id)
            except GONE:
                logger.warning("telegram_beat_missed")
            await asyncio.sleep(BEAT_SECONDS if self.health.last_success_at else 0.5)

    async def _sweep(self) -> None:
        """End dialogues that were left, forget what is old."""
        forgotten_at = 0.0
        while True:
            try:
                for chat_id in await self._database.run(inbound.expire_old, self._bot_id):
                    self._sending.wake(chat_id)
                if time.monotonic() - forgotten_at > 3600:
                    await self._database.run(forget_old, self._bot_id)
                    forgotten_at = time.monotonic()
            except GONE:
                logger.warning("telegram_sweep_missed")
            await asyncio.sleep(SWEEP_SECONDS)


def _close(fetched: Fetched | None) -> None:
    if fetched is not None and fetched.content is not None:
        fetched.content.close()
