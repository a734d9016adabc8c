"""The demo brings its own Telegram only when none is named."""

from pathlib import Path

from frontdesk.operations.demo.telegram.startup import sandbox_environment
from frontdesk.operations.one_machine.data_folder import Kind
from frontdesk.operations.one_machine.run import Wish, _sandbox_port


def has_sandbox(kind: Kind, *, has_token: bool) -> bool:
    wish = Wish(kind=kind, data_dir=Path("/nowhere"), has_telegram_token=has_token)
    with _sandbox_port(wish) as port:
        return port is not None


def test_demo_brings_a_sandbox():
    assert has_sandbox(Kind.DEMO, has_token=False)


def test_demo_with_a_token_speaks_to_where_it_is_told():
    assert not has_sandbox(Kind.DEMO, has_token=True)


def test_real_data_have_no_sandbox():
    assert not has_sandbox(Kind.UP, has_token=False)


def test_every_start_makes_another_token_for_the_same_bot():
    first, second = (sandbox_environment(5)["TELEGRAM_BOT_TOKEN"] for _ in range(2))

    assert first != second
    assert first.partition(":")[0] == second.partition(":")[0]
