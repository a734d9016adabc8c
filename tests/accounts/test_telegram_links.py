"""A chat becomes a person's by a code: once, for fifteen minutes, and not by guessing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from frontdesk.accounts.models import TelegramLink, TelegramLinkCode
from frontdesk.accounts.telegram_bots import (
    BotTaken,
    bot_for,
    connect_bot,
    disconnect_bot,
    webhook_secret,
)
from frontdesk.accounts.telegram_links import (
    ChatName,
    CodeRefused,
    links_of,
    looks_like_code,
    make_link_code,
    mark_blocked,
    mark_reachable,
    redeem_code,
    unlink,
)
from frontdesk.shared.rate_limit import TooFast

CHAT = ChatName(chat_id=501, username="alice_bakes", language="en")


@pytest.fixture
def bot(north):
    return connect_bot(provider=north, token="100:north-secret")


def test_link_code_links_the_chat_to_who_made_it(alice, bot, north):
    code = make_link_code(user=alice, bot=bot)

    redeem_code(bot=bot, code=code.link_code, chat=CHAT)

    assert [(link.chat_id, link.username) for link in links_of(alice, north)] == [
        (501, "alice_bakes")
    ]


def test_typed_code_links_as_people_type_it(alice, bot, north):
    code = make_link_code(user=alice, bot=bot)

    redeem_code(bot=bot, code=f" {code.typed_code_in_groups.lower()} ", chat=CHAT)

    assert len(links_of(alice, north)) == 1


def test_code_works_once(alice, bot):
    code = make_link_code(user=alice, bot=bot)
    redeem_code(bot=bot, code=code.link_code, chat=CHAT)

    with pytest.raises(CodeRefused):
        redeem_code(bot=bot, code=code.typed_code, chat=ChatName(chat_id=502))


def test_code_dies_after_fifteen_minutes(alice, bot):
    code = make_link_code(user=alice, bot=bot)
    TelegramLinkCode.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    with pytest.raises(CodeRefused):
        redeem_code(bot=bot, code=code.link_code, chat=CHAT)


def test_new_code_makes_the_older_one_void(alice, bot):
    older = make_link_code(user=alice, bot=bot)
    make_link_code(user=alice, bot=bot)

    with pytest.raises(CodeRefused):
        redeem_code(bot=bot, code=older.link_code, chat=CHAT)


def test_code_of_another_bot_is_refused(alice, bot, south):
    other = connect_bot(provider=south, token="200:south-secret")
    code = make_link_code(user=alice, bot=bot)

    with pytest.raises(CodeRefused):
        redeem_code(bot=other, code=code.link_code, chat=CHAT)


def test_codes_cannot_be_read_from_the_database(alice, bot):
    code = make_link_code(user=alice, bot=bot)

    row = TelegramLinkCode.objects.values_list().get()
    assert code.link_code not in str(row)
    assert code.typed_code not in str(row)


def test_guessing_from_a_chat_ends_after_five_tries(alice, bot):
    for _ in range(5):
        with pytest.raises(CodeRefused):
            redeem_code(bot=bot, code="AAAA2222", chat=CHAT)

    with pytest.raises(TooFast):
        redeem_code(bot=bot, code=make_link_code(user=alice, bot=bot).link_code, chat=CHAT)


def test_making_codes_is_limited(alice, bot):
    for _ in range(10):
        make_link_code(user=alice, bot=bot)

    with pytest.raises(TooFast):
        make_link_code(user=alice, bot=bot)


def test_one_person_may_link_several_chats(alice, bot, north):
    for chat_id in (501, 502):
        code = make_link_code(user=alice, bot=bot)
        redeem_code(bot=bot, code=code.link_code, chat=ChatName(chat_id=chat_id))

    assert len(links_of(alice, north)) == 2


def test_a_chat_is_one_persons_at_a_time(alice, carol, bot, north):
    for person in (alice, carol):
        code = make_link_code(user=person, bot=bot)
        redeem_code(bot=bot, code=code.link_code, chat=CHAT)

    assert links_of(alice, north) == []
    assert len(links_of(carol, north)) == 1


def test_nobody_ends_a_strangers_link(alice, carol, bot, north):
    code = make_link_code(user=alice, bot=bot)
    link = redeem_code(bot=bot, code=code.link_code, chat=CHAT)

    with pytest.raises(TelegramLink.DoesNotExist):
        unlink(user=carol, link_id=link.pk)

    unlink(user=alice, link_id=link.pk)
    assert links_of(alice, north) == []


def test_who_writes_again_is_reachable_again(alice, bot):
    code = make_link_code(user=alice, bot=bot)
    link = redeem_code(bot=bot, code=code.link_code, chat=CHAT)
    mark_blocked(link.pk)
    link.refresh_from_db()
    assert list(TelegramLink.objects.reachable()) == []

    mark_reachable(link, CHAT)

    assert list(TelegramLink.objects.reachable()) == [link]


@pytest.mark.parametrize(
    ("text", "is_code"),
    [("K7QF 2M9D", True), ("k7qf2m9d", True), ("hello you", False), ("K7QF 2M9", False)],
)
def test_typed_codes_are_told_from_words(text, is_code):
    assert looks_like_code(text) is is_code


def test_installations_bot_serves_a_provider_without_its_own(bot, north, south):
    shared = connect_bot(provider=None, token="300:shared")

    assert bot_for(north) == bot
    assert bot_for(south) == shared


def test_token_is_not_readable_in_the_database(bot):
    assert "north-secret" not in bot.sealed_token


def test_renewed_token_keeps_the_bot_and_another_one_does_not(bot, north):
    assert connect_bot(provider=north, token="100:renewed") == bot
    assert connect_bot(provider=north, token="999:another") != bot


def test_disconnected_bot_serves_nobody_and_comes_back_with_its_links(alice, bot, north):
    code = make_link_code(user=alice, bot=bot)
    redeem_code(bot=bot, code=code.link_code, chat=CHAT)
    disconnect_bot(provider=north)
    assert bot_for(north) is None

    connect_bot(provider=north, token="100:north-secret")

    assert len(links_of(alice, north)) == 1


def test_bot_of_another_provider_is_refused_and_the_own_one_stays(bot, north, south):
    own = connect_bot(provider=south, token="200:south-secret")

    with pytest.raises(BotTaken):
        connect_bot(provider=south, token="100:renewed")

    assert (bot_for(north), bot_for(south)) == (bot, own)


@pytest.mark.parametrize("owner", ["installation", "provider"])
def test_bot_of_the_installation_is_no_providers(north, owner):
    first, second = (None, north) if owner == "installation" else (north, None)
    connect_bot(provider=first, token="300:secret")

    with pytest.raises(BotTaken):
        connect_bot(provider=second, token="300:secret")


def test_bot_that_was_let_go_can_be_connected_elsewhere(bot, north, south):
    disconnect_bot(provider=north)

    assert connect_bot(provider=south, token="100:north-secret").provider == south


def test_bot_is_known_again_when_its_token_cannot_be_read_any_more(bot, north, settings):
    settings.SECRET_KEY = "another one"

    known = connect_bot(provider=north, token="100:north-secret")

    assert known == bot
    assert webhook_secret(known)
