"""Connect Telegram: a code is shown once, chats are one's own, names are for showing only."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from frontdesk.accounts.models.telegram import TelegramBot, TelegramLink, TelegramLinkCode
from frontdesk.accounts.telegram_bots import connect_bot, keep_name
from frontdesk.accounts.telegram_links import (
    MADE,
    ChatName,
    make_link_code,
    mark_blocked,
    redeem_code,
)
from frontdesk.accounts.telegram_requests import TEST_MESSAGE
from tests.people import House

ADDRESS = "/northhost/account/telegram/"
TOKEN = "100:very-secret"
DEEP_LINK = re.compile(r'href="https://t\.me/northhost_bot\?start=([\w-]+)"')


@pytest.fixture
def bot(house: House) -> TelegramBot:
    row = connect_bot(provider=house.north, token=TOKEN)
    keep_name(row.pk, username="northhost_bot", name="North Host support")
    return TelegramBot.objects.get(pk=row.pk)


@pytest.fixture
def alices(house: House) -> Client:
    return browser_of(house.alice)


def browser_of(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def a_link(person, bot: TelegramBot, chat_id: int = 501, name: str = "@bakes") -> TelegramLink:
    code = make_link_code(user=person, bot=bot).link_code
    return redeem_code(bot=bot, code=code, chat=ChatName(chat_id, name))


def test_without_a_bot_the_page_says_so(alices: Client) -> None:
    shown, posted = alices.get(ADDRESS), alices.post(ADDRESS)

    assert "North Host has no Telegram bot yet." in shown.content.decode()
    assert 'id="telegram-link"' not in posted.content.decode()
    assert not TelegramLinkCode.objects.exists()


def test_a_bot_without_a_name_gives_no_broken_link(house: House, alices: Client) -> None:
    connect_bot(provider=house.north, token=TOKEN)

    html = alices.post(ADDRESS).content.decode()

    assert "is starting" in html
    assert "t.me" not in html


def test_a_new_link_connects_the_one_who_made_it(house: House, bot, alices: Client) -> None:
    html = alices.post(ADDRESS).content.decode()

    code = DEEP_LINK.search(html)[1]
    assert redeem_code(bot=bot, code=code, chat=ChatName(7)).user == house.alice
    assert 'class="qr-code"' in html
    assert "style=" not in html


def test_the_typed_code_works_as_it_is_shown(house: House, bot, alices: Client) -> None:
    html = alices.post(ADDRESS).content.decode()

    code = re.search(r">([2-9A-Z]{4} [2-9A-Z]{4})<", html)[1]
    assert redeem_code(bot=bot, code=code, chat=ChatName(7)).user == house.alice


def test_a_code_is_not_shown_again(bot, alices: Client) -> None:
    alices.post(ADDRESS)

    response = alices.get(ADDRESS)

    assert "?start=" not in response.content.decode()
    assert "no-store" in response.headers["Cache-Control"]


def test_too_many_links_are_refused_in_words(bot, alices: Client) -> None:
    # The window may turn between two posts, so that twice the number is always enough.
    answers = [alices.post(ADDRESS) for _ in range(2 * MADE.most + 1)]

    refused = next(one for one in answers if one.status_code == 429)
    assert "You have made many links." in refused.content.decode()
    assert "?start=" not in refused.content.decode()


def test_a_chat_is_listed_and_disconnected(house: House, bot, alices: Client) -> None:
    row = a_link(house.alice, bot)
    shown = alices.get(ADDRESS).content.decode()

    response = alices.post(f"{ADDRESS}{row.pk}/unlink/")

    row.refresh_from_db()
    assert "@bakes" in shown
    assert response.status_code == 303
    assert row.unlinked_at is not None
    assert "@bakes" not in alices.get(ADDRESS).content.decode()


def test_the_chat_of_another_can_be_neither_seen_nor_ended(house: House, bot, alices) -> None:
    bobs = a_link(house.bob, bot, name="bobs_chat")

    response = alices.post(f"{ADDRESS}{bobs.pk}/unlink/")

    bobs.refresh_from_db()
    assert response.status_code == 404
    assert bobs.unlinked_at is None
    assert "bobs_chat" not in alices.get(ADDRESS).content.decode()


def test_a_name_with_markup_is_text(house: House, bot, alices: Client) -> None:
    a_link(house.alice, bot, name="<b>x</b>")

    assert "<bdi>&lt;b&gt;x&lt;/b&gt;</bdi>" in alices.get(ADDRESS).content.decode()


def test_a_blocked_chat_is_told(house: House, bot, alices: Client) -> None:
    mark_blocked(a_link(house.alice, bot).pk)

    assert "The bot was blocked in Telegram" in alices.get(ADDRESS).content.decode()


def test_waiting_ends_when_the_chat_is_linked(house: House, bot, alices: Client) -> None:
    code = make_link_code(user=house.alice, bot=bot).link_code
    waiting = alices.get(f"{ADDRESS}state/?after=0")

    redeem_code(bot=bot, code=code, chat=ChatName(7, "@bakes"))

    linked = alices.get(f"{ADDRESS}state/?after=0").content.decode()
    assert waiting.status_code == 204
    assert "@bakes" in linked
    assert "hx-get" not in linked


@pytest.mark.parametrize("after", ["x", "-1", "9" * 40, "²"])
def test_made_up_numbers_wait_like_none(house: House, bot, alices: Client, after: str) -> None:
    make_link_code(user=house.alice, bot=bot)

    assert alices.get(f"{ADDRESS}state/", {"after": after}).status_code == 204


def test_waiting_ends_when_the_code_is_old(house: House, bot, alices: Client) -> None:
    make_link_code(user=house.alice, bot=bot)
    TelegramLinkCode.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    html = alices.get(f"{ADDRESS}state/?after=0").content.decode()

    assert "This link has expired. Make a new one." in html


def test_the_token_stands_on_no_page(house: House, bot, alices: Client) -> None:
    a_link(house.alice, bot)

    for response in (alices.get(ADDRESS), alices.post(ADDRESS)):
        assert "very-secret" not in response.content.decode()


def test_many_chats_take_no_more_queries(house: House, bot, alices: Client) -> None:
    TelegramLink.objects.bulk_create(
        TelegramLink(bot=bot, user=house.alice, chat_id=n, linked_at=timezone.now())
        for n in range(30)
    )

    with CaptureQueriesContext(connection) as queries:
        alices.get(ADDRESS)

    assert len(queries) <= 6


def test_a_test_message_is_asked_for_ones_own_chat_alone(house: House, bot, alices) -> None:
    own, bobs = a_link(house.alice, bot), a_link(house.bob, bot, 502)

    mine = alices.post(f"{ADDRESS}{own.pk}/test/")
    foreign = alices.post(f"{ADDRESS}{bobs.pk}/test/")

    jobs = ProcrastinateJob.objects.filter(task_name=TEST_MESSAGE)
    assert (mine.status_code, foreign.status_code) == (303, 404)
    assert [job.args for job in jobs] == [{"link_id": own.pk}]
