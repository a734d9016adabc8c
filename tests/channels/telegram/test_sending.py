"""How a call ends, as the outbox understands it; against a server that fails as it is asked to."""

import asyncio
from dataclasses import replace

import pytest

from frontdesk.channels.telegram import sending
from frontdesk.channels.telegram.models import Kind
from frontdesk.channels.telegram.outbox import End, Sent, ToSend
from frontdesk.shared.telegram_client import TelegramClient
from tests.channels.telegram.sandbox import TOKEN, running_sandbox

WORDS = ToSend(
    id=1,
    kind=Kind.MESSAGE,
    chat_id=501,
    payload={"html": "<b>Hello</b>", "buttons": []},
    attempts=1,
    on_message=None,
)


@pytest.fixture(scope="module")
def server():
    with running_sandbox() as running:
        yield running


@pytest.fixture
def sandbox(server):
    server.forget()
    server.phone(501).block(blocked=False)
    return server


def send(sandbox, message: ToSend = WORDS, token: str = TOKEN) -> Sent:
    async def call() -> Sent:
        client = TelegramClient(token, api_url=sandbox.url)
        try:
            return await sending.send(client, message)
        finally:
            await client.session.close()

    return asyncio.run(call())


def chat(sandbox) -> list[str]:
    return sandbox.phone(501).said()


@pytest.mark.parametrize("status", [500, 502, 503, 401])
def test_a_server_in_trouble_is_tried_again_after_a_growing_wait(sandbox, status):
    sandbox.fail(status=status, times=3)

    waits = [send(sandbox, replace(WORDS, attempts=n)).wait_seconds for n in (1, 2, 3)]

    assert waits == [1, 2, 4]
    assert send(sandbox).end is End.SENT


def test_a_call_that_nobody_answers_is_tried_again(sandbox, monkeypatch):
    monkeypatch.setattr(sending, "SECONDS", 1)
    sandbox.fail(status=0, seconds=5)

    sent = send(sandbox)

    assert (sent.end, sent.wait_seconds) == (End.AGAIN, 1)


def test_a_server_that_is_not_there_is_tried_again_and_its_address_names_no_token(sandbox):
    async def call() -> Sent:
        client = TelegramClient(TOKEN, api_url="http://127.0.0.1:9")
        try:
            return await sending.send(client, WORDS)
        finally:
            await client.session.close()

    sent = asyncio.run(call())

    assert sent.end is End.AGAIN
    assert "sandbox-secret" not in sent.reason


def test_too_fast_holds_the_chat_for_as_long_as_telegram_says(sandbox):
    sandbox.fail(status=429, retry_after=17)

    sent = send(sandbox)

    assert (sent.end, sent.wait_seconds, sent.holds_chat) == (End.AGAIN, 17, True)


def test_who_blocked_the_bot_is_told_from_trouble(sandbox):
    sandbox.phone(501).block()

    assert send(sandbox).end is End.BLOCKED


def test_marks_that_telegram_cannot_read_are_left_out(sandbox):
    broken = replace(WORDS, payload={"html": "<b>Hello</b> <i>there", "buttons": []})

    assert send(sandbox, broken).end is End.SENT
    assert chat(sandbox) == ["Hello there"]


def test_a_message_that_is_refused_is_given_up_at_once(sandbox):
    sent = send(sandbox, replace(WORDS, payload={"html": "", "buttons": []}))

    assert sent.end is End.FAILED
    assert "message text is empty" in sent.reason


def test_trouble_without_end_is_given_up_with_its_reason(sandbox):
    sandbox.fail(status=502)

    sent = send(sandbox, replace(WORDS, attempts=sending.ATTEMPTS[Kind.MESSAGE]))

    assert (sent.end, "502" in sent.reason) == (End.FAILED, True)


def test_an_edit_that_changes_nothing_is_done(sandbox):
    number = send(sandbox).message_ids[0]
    edit = replace(WORDS, kind=Kind.EDIT, on_message=number)

    assert send(sandbox, edit) == Sent(End.SENT, message_ids=(number,))


def test_an_edit_of_a_message_that_is_gone_fails_so_that_it_is_sent_anew(sandbox):
    sent = send(sandbox, replace(WORDS, kind=Kind.EDIT, on_message=999_999))

    assert sent.end is End.FAILED


def test_buttons_of_a_message_that_is_gone_are_no_loss(sandbox):
    sent = send(sandbox, replace(WORDS, kind=Kind.NO_BUTTONS, on_message=999_999))

    assert sent.end is End.SKIPPED


def test_what_was_done_before_the_answer_was_lost_is_sent_twice_not_never(sandbox):
    sandbox.fail(status=502, after_doing=True)

    ends = [send(sandbox).end, send(sandbox).end]

    assert ends == [End.AGAIN, End.SENT]
    assert chat(sandbox) == ["Hello", "Hello"]


def test_what_nobody_thought_of_is_tried_again_too(sandbox, monkeypatch):
    def break_down(*_args, **_kwargs):
        raise ValueError("a storage with errors of its own")

    with monkeypatch.context() as patch:
        patch.setattr(sending, "_method", break_down)
        first, last = send(sandbox), send(sandbox, replace(WORDS, attempts=30))

    assert (first.end, last.end) == (End.AGAIN, End.FAILED)
    assert send(sandbox).end is End.SENT
