"""No sequence of arrivals crashes, loses words, acts twice, or leaves a person without a way on."""

import os
import re
from dataclasses import replace
from html import unescape

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from frontdesk.channels.telegram.steps.given import Given, On, Why
from frontdesk.channels.telegram.steps.state import State
from tests.channels.telegram.imagined import NORTH, SOUTH, Chat, a_card, pressed

WORDS = some.sampled_from(
    ["It began at 8.", "x" * 255, "x" * 256, "😀" * 200, "<b>&", "vps-1001", "vps-99", "Sales"]
) | some.text(min_size=1, max_size=300)
REFUSALS = some.none() | some.sampled_from(list(Why))

MOVES = some.one_of(
    some.tuples(some.just("send"), WORDS),
    some.tuples(
        some.just("send"),
        some.sampled_from(["/start", "/createticket", "/help", "/cancel", "/language", "/unlink"]),
    ),
    some.tuples(some.just("press"), some.integers(0, 30)),
    some.tuples(some.just("press"), some.integers(0, 3)),
    some.tuples(some.just("attach"), some.sampled_from(["", "a1", "a2"])),
    some.tuples(some.just("answer"), some.sampled_from([1042, 1050, 1060, 7777])),
    some.tuples(some.just("edit"), some.integers(1, 60)),
    some.tuples(some.just("other"), some.just(0)),
    some.tuples(some.just("expire"), some.just(0)),
    some.tuples(some.just("refuse"), REFUSALS),
    some.tuples(some.just("solve"), some.just(1042)),
)
SEQUENCES = some.lists(MOVES, max_size=40)
# More by command: EXAMPLES=5000 pytest tests/channels/telegram/test_dialog_properties.py
NEVER_SLOW = settings(
    max_examples=int(os.environ.get("EXAMPLES", "150")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)


def play(chat: Chat, move: tuple[str, object]) -> None:
    """Do one move in the chat."""
    kind, value = move
    if kind == "send":
        chat.send(value)
    elif kind == "press":
        buttons = [b for say in chat.said for row in say.buttons for b in row if b.data]
        if buttons:
            chat.give(pressed(buttons[-1 - value % len(buttons)]))
    elif kind == "attach":
        chat.attach(f"photo{chat.messages}.jpg", album=value, caption="seen" if value else "")
    elif kind == "answer":
        chat.messages += 1
        chat.give(Given(On.TEXT, message_id=chat.messages, text="An answer.", answers=value))
    elif kind == "solve":
        chat.tickets[value] = replace(chat.tickets[value], is_solved=True, waits_for_client=False)
    elif kind == "refuse":
        chat.refuse_next = value
    else:
        given_now = {
            "edit": Given(On.EDITED, message_id=value, text="Edited."),
            "other": Given(On.OTHER, message_id=900),
            "expire": Given(On.EXPIRED),
        }[kind]
        chat.give(given_now)


def a_chat() -> Chat:
    cards = {n: a_card(n, solved=n == 1060, waits=n != 1050) for n in (1042, 1050, 1060)}
    return Chat(providers=(NORTH, SOUTH), tickets=cards)


@NEVER_SLOW
@given(SEQUENCES)
def test_a_dialogue_always_has_a_living_keyboard(moves):
    chat = a_chat()

    for move in moves:
        play(chat, move)

        if chat.state.dialogue is not None:
            assert chat.live is not None
            marks = {b.data.split("~")[0] for row in chat.live.buttons for b in row}
            assert marks == {chat.state.dialogue.mark}


@NEVER_SLOW
@given(SEQUENCES)
def test_written_words_are_kept_sent_or_their_loss_is_told(moves):
    chat = a_chat()

    for move in moves:
        before = chat.state.dialogue
        acts = len(chat.opened) + len(chat.replied)
        play(chat, move)
        after = chat.state.dialogue
        if before is None or before.is_empty:
            continue

        is_kept = after is not None and set(after.texts) >= set(before.texts) - _edited(
            before, move
        )
        is_sent = len(chat.opened) + len(chat.replied) > acts
        is_told = any(_says_it_ended(say.html) for say in chat.heard)
        assert is_kept or is_sent or is_told, (move, before, after, chat.heard)


@NEVER_SLOW
@given(SEQUENCES)
def test_no_dialogue_is_sent_twice(moves):
    chat = a_chat()

    for move in moves:
        play(chat, move)

    assert len(chat.keys) == len(set(chat.keys))


@NEVER_SLOW
@given(SEQUENCES)
def test_state_survives_being_stored(moves):
    chat = a_chat()

    for move in moves:
        play(chat, move)
        chat.state = State.model_validate_json(chat.state.model_dump_json())

    assert isinstance(chat.state, State)


@NEVER_SLOW
@given(SEQUENCES)
def test_every_message_is_within_telegrams_rules(moves):
    chat = a_chat()

    for move in moves:
        play(chat, move)

    for say in chat.said:
        assert 0 < len(unescape(re.sub(r"</?\w+>", "", say.html))) <= 4096
        assert all(1 <= len(row) <= 2 for row in say.buttons)
        for button in (button for row in say.buttons for button in row):
            assert 0 < len(button.data.encode()) <= 64
            assert 0 < len(button.label) <= 64


@NEVER_SLOW
@given(SEQUENCES)
def test_every_arrival_from_a_person_is_answered(moves):
    chat = a_chat()

    for move in moves:
        chat.heard, chat.toast = [], ""
        play(chat, move)

        if move[0] in {"send", "attach", "answer", "other"}:
            assert chat.heard, move


def _edited(before, move):
    return {p for p in before.texts if move[0] == "edit" and p.message_id == move[1]}


def _says_it_ended(html: str) -> bool:
    ends = ("ancelled", "has expired", "you had written", "Disconnected", "no such ticket")
    return any(words in html for words in ends)
