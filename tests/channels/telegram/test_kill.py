"""kill -9 at any moment: exactly once in, never lost out."""

import os
import sys

import pytest

from tests.channels.telegram.bot_process import BotProcess, let_go, wait_until_ready
from tests.channels.telegram.chatting import a_bot, link
from tests.channels.telegram.kill_loop import kill_again_and_again
from tests.channels.telegram.sandbox import TOKEN, running_sandbox

pytestmark = pytest.mark.django_db(transaction=True)

KILLS = int(os.environ.get("KILLS", "4"))
SEED = int(os.environ.get("SEED", "7"))


def test_killed_at_any_moment_the_bot_does_everything_once(north, technical, alice, carol, capsys):
    bot = a_bot(north, TOKEN)
    link(alice, bot, 501)
    link(carol, bot, 502)
    with running_sandbox() as sandbox:
        process = BotProcess(sandbox.url)
        process.start()
        wait_until_ready(bot)
        try:
            phones = [sandbox.phone(501), sandbox.phone(502)]
            tally = kill_again_and_again(process, sandbox, phones, KILLS, SEED)
        finally:
            process.stop()
            let_go(bot)

    with capsys.disabled():
        sys.stdout.write(f"\n{tally}\n")
    assert (tally.tickets, tally.replies) == (KILLS, KILLS)
    assert tally.wrong == []
    assert tally.lost == []
    # A repeat is allowed, and rare; each one was counted.
    assert tally.repeated <= tally.counted_repeats
