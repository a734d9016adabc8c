"""Webhook mode: only Telegram, by its secret, hands updates in; the process acts on them."""

import json

import pytest

from frontdesk.accounts.models.telegram import TelegramMode
from frontdesk.accounts.telegram_bots import set_mode, webhook_secret
from frontdesk.channels.telegram.models import Arrival, ArrivalState
from tests.channels.telegram.bot_process import BotProcess, let_go
from tests.channels.telegram.chatting import a_bot, link
from tests.channels.telegram.sandbox import TOKEN, running_sandbox, wait_until

UPDATE = {
    "update_id": 5,
    "message": {
        "message_id": 1,
        "date": 1,
        "chat": {"id": 501, "type": "private"},
        "from": {"id": 501, "first_name": "Alice"},
        "text": "/start",
    },
}
SECRET = "X-Telegram-Bot-Api-Secret-Token"


@pytest.fixture
def hooked(bot):
    set_mode(bot, TelegramMode.WEBHOOK)
    return bot


def post(client, bot, body, secret):
    return client.post(
        f"/telegram/{bot.pk}/", body, content_type="application/json", headers={SECRET: secret}
    )


def test_update_with_the_secret_is_stored_and_not_yet_acted_on(client, hooked):
    answer = post(client, hooked, json.dumps(UPDATE), webhook_secret(hooked))

    assert answer.status_code == 200
    assert Arrival.objects.get().state == ArrivalState.WAITING


def test_the_same_update_called_in_twice_is_stored_once(client, hooked):
    for _ in range(2):
        post(client, hooked, json.dumps(UPDATE), webhook_secret(hooked))

    assert Arrival.objects.count() == 1


@pytest.mark.parametrize("secret", ["", "wrong"])
def test_without_the_secret_there_is_nothing_here(client, hooked, secret):
    answer = post(client, hooked, json.dumps(UPDATE), secret)

    assert answer.status_code == 404
    assert Arrival.objects.count() == 0


def test_bot_that_polls_takes_no_calls(client, bot):
    answer = post(client, bot, json.dumps(UPDATE), webhook_secret(bot))

    assert answer.status_code == 404


@pytest.mark.parametrize("body", ["", "[]", "{}", "nonsense", '{"update_id": "x"}', "5"])
def test_what_is_no_update_is_refused(client, hooked, body):
    answer = post(client, hooked, body, webhook_secret(hooked))

    assert answer.status_code == 400


def test_the_secret_is_another_one_for_each_bot(north, south):
    assert webhook_secret(a_bot(north)) != webhook_secret(a_bot(south, "200:other"))


@pytest.mark.django_db(transaction=True)
def test_whole_bot_in_webhook_mode(north, alice, live_server):
    bot = a_bot(north, TOKEN)
    set_mode(bot, TelegramMode.WEBHOOK)
    link(alice, bot, 501)
    with running_sandbox() as sandbox:
        process = BotProcess(sandbox.url, PUBLIC_URL=live_server.url)
        process.start()
        try:
            wait_until(lambda: sandbox.calls("setWebhook"))
            phone = sandbox.phone(501)
            phone.send("/start")
            phone.wait_for("You have no active tickets.")
            assert sandbox.calls("getUpdates") == []
        finally:
            let_go(bot)
            process.stop()
