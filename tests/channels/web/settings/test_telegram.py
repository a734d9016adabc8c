"""The provider's bot: connected by its token, which is shown to nobody; limits and mode."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from frontdesk.accounts.models.telegram import TelegramBot, TelegramLink, TelegramLinkCode
from frontdesk.accounts.telegram_bots import bot_token, connect_bot, keep_name, limits_of, report
from frontdesk.accounts.telegram_requests import RESEND, TEST_MESSAGE
from frontdesk.support.models import Event, EventKind
from tests.channels.telegram.sandbox import TOKEN, running_sandbox
from tests.channels.web.sign_in.people import PASSWORD, make_sign_in_old, signed_in
from tests.people import House

ADDRESS = "/northhost/settings/telegram/"


@pytest.fixture
def ada_at(house: House) -> Client:
    return signed_in(house.ada)


@pytest.fixture
def bot(house: House) -> TelegramBot:
    row = connect_bot(provider=house.north, token="100:very-secret")
    keep_name(row.pk, username="northhost_bot", name="North Host support")
    return TelegramBot.objects.get(pk=row.pk)


def acts() -> list[tuple[str, str]]:
    events = Event.objects.filter(kind=EventKind.SETTINGS_CHANGED).order_by("pk")
    return [(event.data["what"], event.data["act"]) for event in events]


def test_a_bot_is_connected_once_telegram_knows_the_token(house, ada_at, settings) -> None:
    with running_sandbox() as sandbox:
        settings.TELEGRAM_API_URL = sandbox.url
        response = ada_at.post(f"{ADDRESS}connect/", {"token": f" {TOKEN} "}, follow=True)

    bot = TelegramBot.objects.get(provider=house.north, is_active=True)
    html = response.content.decode()
    assert (bot_token(bot), bot.username) == (TOKEN, "northhost_bot")
    assert "@northhost_bot is connected." in html
    assert TOKEN not in html
    assert acts() == [("telegram_bot", "connected")]


def test_an_unknown_token_is_refused_in_words_and_the_old_bot_stays(ada_at, bot, settings) -> None:
    with running_sandbox() as sandbox:
        settings.TELEGRAM_API_URL = sandbox.url
        response = ada_at.post(f"{ADDRESS}connect/", {"token": "1:unknown"})

    bot.refresh_from_db()
    html = response.content.decode()
    assert response.status_code == 422
    assert "Telegram did not accept this token: " in html
    assert "1:unknown" not in html
    assert bot.is_active
    assert acts() == []


@pytest.mark.parametrize(
    ("token", "words"),
    [
        ("", "Paste the bot’s token first."),
        ("1:a/../b", "This is no token."),
        ("1:a?b", "This is no token."),
        ("9" * 201, "This is too long."),
    ],
)
def test_what_is_no_token_asks_nobody(ada_at: Client, settings, token: str, words: str) -> None:
    settings.TELEGRAM_API_URL = "http://127.0.0.1:9"

    response = ada_at.post(f"{ADDRESS}connect/", {"token": token})

    assert response.status_code == 422
    assert words in response.content.decode()


def test_the_token_stands_on_no_page(ada_at: Client, bot: TelegramBot) -> None:
    html = ada_at.get(ADDRESS).content.decode()

    assert "@northhost_bot" in html
    assert "very-secret" not in html
    assert bot.sealed_token not in html


def test_disconnecting_stops_the_own_bot_alone(house: House, ada_at: Client, bot) -> None:
    foreign = connect_bot(provider=house.south, token="200:other")
    common = connect_bot(provider=None, token="300:common")

    ada_at.post(f"{ADDRESS}disconnect/")
    ada_at.post(f"{ADDRESS}disconnect/")

    active = TelegramBot.objects.filter(is_active=True)
    assert set(active) == {foreign, common}
    assert acts() == [("telegram_bot", "disconnected")]


def test_the_mode_is_set_on_the_own_bot(house: House, ada_at: Client, bot) -> None:
    foreign = connect_bot(provider=house.south, token="200:other")

    ada_at.post(f"{ADDRESS}mode/", {"mode": "webhook"})

    bot.refresh_from_db()
    foreign.refresh_from_db()
    assert (bot.mode, foreign.mode) == ("webhook", "polling")
    assert f"/telegram/{bot.pk}/" in ada_at.get(ADDRESS).content.decode()
    assert acts() == [("telegram_bot", "webhook")]


def test_a_made_up_mode_changes_nothing(ada_at: Client, bot: TelegramBot) -> None:
    response = ada_at.post(f"{ADDRESS}mode/", {"mode": "pigeon"})

    bot.refresh_from_db()
    assert response.status_code == 422
    assert bot.mode == "polling"


@pytest.mark.parametrize("act", ["mode", "resend"])
def test_the_installations_bot_is_not_the_providers_to_change(ada_at: Client, act: str) -> None:
    common = connect_bot(provider=None, token="300:common")

    response = ada_at.post(f"{ADDRESS}{act}/", {"mode": "webhook"})

    common.refresh_from_db()
    assert response.status_code == 404
    assert common.mode == "polling"


def test_limits_are_saved_for_the_own_provider(house: House, ada_at: Client) -> None:
    ada_at.post(f"{ADDRESS}limits/", {"most_symbols": "1000", "most_files": "3"})

    north, south = limits_of(house.north.pk), limits_of(house.south.pk)
    assert (north.most_symbols, north.most_files) == (1000, 3)
    assert (south.most_symbols, south.most_files) == (255, 5)
    assert acts() == [("telegram_limits", "changed")]


@pytest.mark.parametrize("typed", ["", "0", "4097", "many", "-5", "9" * 30])
def test_a_limit_out_of_bounds_comes_back_as_typed(house: House, ada_at, typed: str) -> None:
    response = ada_at.post(f"{ADDRESS}limits/", {"most_symbols": typed, "most_files": "3"})

    html = response.content.decode()
    assert response.status_code == 422
    assert "Write a number from 1 to 4096." in html
    assert f'value="{typed}"' in html
    assert limits_of(house.north.pk).most_files == 5


def test_how_the_bot_is_doing_is_told(ada_at: Client, bot: TelegramBot) -> None:
    now = timezone.now()
    report(bot.pk, beat_at=now, last_error="Bad Gateway", last_error_at=now, queued=4, failed=2)
    running = ada_at.get(ADDRESS).content.decode()
    report(bot.pk, beat_at=now - timedelta(minutes=5))

    assert "Bad Gateway" in running
    assert "Messages waiting to be sent: 4" in running
    assert "Not running" not in running
    assert "Not running" in ada_at.get(ADDRESS).content.decode()


def test_connecting_asks_for_the_password_and_keeps_the_token_sealed_meanwhile(
    house: House, ada_at: Client, settings
) -> None:
    make_sign_in_old(ada_at)
    with running_sandbox() as sandbox:
        settings.TELEGRAM_API_URL = sandbox.url
        asked = ada_at.post(f"{ADDRESS}connect/", {"token": TOKEN})
        waiting = str(dict(ada_at.session))
        confirm = {"password": PASSWORD, "next": f"{ADDRESS}connect/"}
        ada_at.post("/security/confirm/", confirm)

    assert asked.headers["Location"].startswith("/security/confirm/?next=")
    assert TOKEN not in waiting
    assert TOKEN.partition(":")[2] not in waiting
    assert bot_token(TelegramBot.objects.get(provider=house.north)) == TOKEN


def test_disconnecting_asks_for_the_password(ada_at: Client, bot: TelegramBot) -> None:
    make_sign_in_old(ada_at)

    asked = ada_at.post(f"{ADDRESS}disconnect/")

    bot.refresh_from_db()
    assert asked.headers["Location"].startswith("/security/confirm/?next=")
    assert bot.is_active


def test_a_sealed_token_of_ones_own_making_is_none(house: House, ada_at: Client) -> None:
    response = ada_at.post(f"{ADDRESS}connect/", {"sealed": "gAAAAA-made-up"})

    assert response.status_code == 422
    assert "Paste the bot’s token first." in response.content.decode()


def test_a_bot_of_another_provider_is_refused_in_words(house, ada_at, bot, settings) -> None:
    connect_bot(provider=house.south, token=TOKEN.replace("100:", "200:"))
    with running_sandbox(token="200:other") as sandbox:
        settings.TELEGRAM_API_URL = sandbox.url
        response = ada_at.post(f"{ADDRESS}connect/", {"token": "200:other"})

    bot.refresh_from_db()
    assert response.status_code == 422
    assert "This bot is already connected elsewhere" in response.content.decode()
    assert bot.is_active


def test_a_test_message_goes_to_the_administrators_own_chats(house, ada_at, bot) -> None:
    now = timezone.now()
    for user, chat in ((house.ada, 1), (house.ada, 2), (house.alice, 3)):
        TelegramLink.objects.create(bot=bot, user=user, chat_id=chat, linked_at=now)

    ada_at.post(f"{ADDRESS}test/")

    jobs = ProcrastinateJob.objects.filter(task_name=TEST_MESSAGE)
    own = set(TelegramLink.objects.filter(user=house.ada).values_list("pk", flat=True))
    assert {job.args["link_id"] for job in jobs} == own


def test_who_has_no_chat_is_shown_how_to_have_one(house: House, ada_at, bot) -> None:
    html = ada_at.post(f"{ADDRESS}test/").content.decode()

    assert "https://t.me/northhost_bot?start=" in html
    assert TelegramLinkCode.objects.get().user == house.ada
    assert not ProcrastinateJob.objects.filter(task_name=TEST_MESSAGE).exists()


def test_what_had_failed_is_sent_again_by_the_bot(ada_at: Client, bot: TelegramBot) -> None:
    ada_at.post(f"{ADDRESS}resend/")

    jobs = ProcrastinateJob.objects.filter(task_name=RESEND)
    assert [job.args for job in jobs] == [{"bot_id": bot.pk}]


def test_the_page_takes_few_queries(ada_at: Client, bot: TelegramBot) -> None:
    with CaptureQueriesContext(connection) as queries:
        ada_at.get(ADDRESS)

    assert len(queries) <= 6
