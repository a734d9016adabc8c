"""Acts on updates: each stored as it came, then done once, with its effect, in one transaction."""

import json
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models import QuerySet
from django.utils import timezone, translation

from frontdesk.accounts.models import TelegramLink
from frontdesk.accounts.telegram_links import mark_blocked, mark_reachable
from frontdesk.channels.telegram.acts import Fetched
from frontdesk.channels.telegram.chats import (
    DIALOGUE_LIVES,
    forget,
    is_expired,
    is_of,
    keep,
    link_of,
    load_chat,
    state_of,
)
from frontdesk.channels.telegram.conversation import Conversation, NeedsFile
from frontdesk.channels.telegram.linking import answer_stranger, link_by_code
from frontdesk.channels.telegram.models import (
    Arrival,
    ArrivalState,
    Chat,
    Outgoing,
    SendState,
)
from frontdesk.channels.telegram.person import Person, reading_as, spoken
from frontdesk.channels.telegram.queueing import Place, queue_says
from frontdesk.channels.telegram.reading import Reading, chat_id_of, identity_of, named, read
from frontdesk.channels.telegram.steps import keyboards, texts
from frontdesk.channels.telegram.steps.given import File, Given, On
from frontdesk.channels.telegram.steps.says import Say
from frontdesk.channels.telegram.steps.state import State, Step
from frontdesk.shared.composed import OTHER_NUMBER, SOME_NUMBER, Composed, compose
from frontdesk.shared.writing import update

ATTEMPTS = 3
# What is read of an update to do it.
NEEDED = ("id", "bot_id", "chat_id", "raw", "attempts", "received_at")
# Who answers a message that is only just being recorded as sent waits for that, not longer.
RECORDED_WITHIN = timedelta(seconds=5)
CONTENT = frozenset({On.TEXT, On.FILE, On.OTHER})


@dataclass(frozen=True, slots=True)
class Handled:
    """What came of an update. `fetch` names a file that must be fetched before it can be done;
    `is_early` says that it can be done in a moment."""

    arrival_id: int
    callback_id: str = ""
    toast: str = ""
    fetch: File | None = None
    has_more: bool = False
    is_early: bool = False


class StillSending(Exception):
    """The message that is answered may be one whose number is not recorded yet."""


def store(bot_id: int, updates: list[dict[str, Any]]) -> set[int]:
    """Store updates as they came, each once, and return the chats that have something to do."""
    now = timezone.now()
    rows = []
    for raw in updates:
        chat_id = chat_id_of(raw)
        is_ours = chat_id is not None
        rows.append(
            Arrival(
                bot_id=bot_id,
                update_id=int(raw["update_id"]),
                identity=identity_of(raw),
                chat_id=chat_id,
                raw=json.dumps(raw),
                state=ArrivalState.WAITING if is_ours else ArrivalState.REFUSED,
                reason="" if is_ours else read(raw).reason,
                received_at=now,
                done_at=None if is_ours else now,
            )
        )
    Arrival.objects.bulk_create(rows, ignore_conflicts=True)
    return {row.chat_id for row in rows if row.chat_id is not None}


def waiting_chats(bot_id: int) -> set[int]:
    """Return the chats with updates that are stored and not done."""
    rows = Arrival.objects.filter(bot_id=bot_id, state=ArrivalState.WAITING)
    return {chat_id for chat_id in rows.values_list("chat_id", flat=True).distinct() if chat_id}


def handle_next(bot_id: int, chat_id: int, fetched: dict[int, Fetched]) -> Handled | None:
    """Do the oldest update of a chat that waits; None when there is none.

    Its row stays locked until the effect is committed, so that no other process takes it, or a
    later one of the same chat. When a file must be fetched first, nothing is done yet.
    """
    try:
        with transaction.atomic():
            arrival, has_more = _oldest(bot_id, chat_id)
            if arrival is None:
                return None
            reading = read(json.loads(arrival.raw))
            if timezone.now() - arrival.received_at < RECORDED_WITHIN:
                reading = replace(reading, may_be_early=True)
            toast = _handle(arrival, reading, fetched.get(arrival.pk))
            _finish(arrival, ArrivalState.DONE, reading.reason)
    except StillSending:
        assert arrival is not None
        return Handled(arrival.pk, has_more=True, is_early=True)
    except NeedsFile as wanted:
        assert arrival is not None
        return Handled(arrival.pk, fetch=wanted.file, has_more=True)
    return Handled(arrival.pk, reading.callback_id, toast, has_more=has_more)


def count_failure(bot_id: int, chat_id: int, reason: str) -> bool:
    """Count a failed attempt at the chat's oldest update; after the third it is given up.

    Returns whether it was: then the person is told, and the update stays as it came, with the
    reason.
    """
    with transaction.atomic():
        arrival, _has_more = _oldest(bot_id, chat_id)
        if arrival is None:
            return True
        arrival.attempts += 1
        if arrival.attempts < ATTEMPTS:
            arrival.save(update_fields=["attempts"])
            return False
        _finish(arrival, ArrivalState.FAILED, reason)
        _tell_of_trouble(arrival)
        return True


def retry(arrival_id: int) -> None:
    """Let an update that was given up be tried again."""
    Arrival.objects.filter(pk=arrival_id, state=ArrivalState.FAILED).update(
        state=ArrivalState.WAITING, attempts=0, reason="", done_at=None
    )


def expire_old(bot_id: int) -> set[int]:
    """End the dialogues that were left for a day; return their chats."""
    due = timezone.now() - DIALOGUE_LIVES
    chats = Chat.objects.filter(bot_id=bot_id, is_open=True, changed_at__lt=due)
    ended = set()
    for pk in list(chats.values_list("pk", flat=True)[:200]):
        with transaction.atomic():
            chat = chats.select_for_update(of=("self",), skip_locked=True).filter(pk=pk).first()
            link = link_of(chat.bot_id, chat.chat_id) if chat else None
            if chat is None:
                continue
            if link is not None and is_of(chat, link):
                _converse(chat, link, Reading(given=Given(On.EXPIRED)), None)
            else:
                forget(chat)
            ended.add(chat.chat_id)
    return ended


def _oldest(bot_id: int, chat_id: int) -> tuple[Arrival | None, bool]:
    """Return the chat's oldest update that waits, locked, and whether there is another."""
    rows = _oldest_two().rows({SOME_NUMBER: bot_id, OTHER_NUMBER: chat_id})
    first = Arrival.from_db(DEFAULT_DB_ALIAS, NEEDED, rows[0]) if rows else None
    return first, len(rows) > 1


@cache
def _oldest_two() -> Composed:
    waiting = Arrival.objects.filter(
        bot_id=SOME_NUMBER, chat_id=OTHER_NUMBER, state=ArrivalState.WAITING
    )
    return compose(waiting.select_for_update().order_by("id").values_list(*NEEDED)[:2])


def _finish(arrival: Arrival, state: ArrivalState, reason: str) -> None:
    arrival.state, arrival.reason, arrival.done_at = state, reason[:200], timezone.now()
    update(arrival, "state", "reason", "attempts", "done_at")


def _handle(arrival: Arrival, reading: Reading, fetched: Fetched | None) -> str:
    """Do what the update says; return the short answer to a button."""
    assert reading.chat is not None
    chat, link = load_chat(arrival.bot_id, reading.chat.chat_id)
    if reading.has_blocked is not None:
        if link is not None and reading.has_blocked:
            mark_blocked(link.pk)
        elif link is not None:
            mark_reachable(link, reading.chat)
        return ""
    if reading.given is None:
        return ""
    place = Place(chat, link, reading.pressed)
    linked = link_by_code(chat.bot, reading, chat, link)
    if linked is not None:
        return _converse(chat, linked, replace(reading, given=Given(On.LINKED)), None)
    if link is None:
        answer_stranger(place, reading)
        return ""
    mark_reachable(link, reading.chat)
    if reading.given.on is On.START and reading.given.argument:
        reading = replace(reading, given=Given(On.LINK_REFUSED))
    return _converse(chat, link, reading, fetched)


def _converse(chat: Chat, link: TelegramLink, reading: Reading, fetched: Fetched | None) -> str:
    """Take the steps that follow from an arrival, and keep what came of them."""
    person = Person(link, chat.bot)
    state = state_of(chat, link)
    with reading_as(link, chat.bot.provider):
        talk = Conversation(person, state, fetched)
        given = _with_answers(chat, link, reading, state)
        if is_expired(chat, state) and given.on is not On.EXPIRED:
            talk.take(Given(On.EXPIRED))
            is_over = state.dialogue is not None and given.mark == state.dialogue.mark
            given = Given(On.EXPIRED) if is_over else given
        talk.take(given)
        talk.tidy_up(state)
        place = Place(chat, None if talk.is_unlinked else link, reading.pressed)
        queue_says(place, tuple(talk.says), goes_on=talk.state.dialogue is not None)
    keep(chat, link, talk.state)
    return talk.toast


def _with_answers(chat: Chat, link: TelegramLink, reading: Reading, state: State) -> Given:
    """Return the arrival with the ticket that Telegram's reply names, and a nameless file named."""
    given = reading.given
    assert given is not None
    if reading.replied_to and given.on in CONTENT:
        number = reading.replied_to
        rows = Outgoing.objects.filter(bot_id=chat.bot_id, chat_id=chat.chat_id, link=link)
        found = rows.filter(message_id__lte=number, last_message_id__gte=number).order_by("-pk")
        answered = found.values_list("ticket_id").first()
        if answered is None and reading.may_be_early and _is_sending(rows):
            raise StillSending
        ticket = answered[0] if answered else _told_ticket(chat, reading)
        given = replace(given, answers=ticket)
    return named(given, _files_before(state, given) + 1)


def _files_before(state: State, given: Given) -> int:
    """Return how many files a nameless one is counted after, with those refused of its album."""
    dialogue = state.dialogue
    if dialogue is None or given.file is None:
        return 0
    is_same = bool(given.file.album) and given.file.album == dialogue.refused_album
    return len(dialogue.files) + (len(dialogue.refused_names) if is_same else 0)


def _told_ticket(chat: Chat, reading: Reading) -> int | None:
    """Return the ticket that an unrecorded message names: it was sent as the process died.

    What was recorded for another person's link names nothing to this one.
    """
    sent = Outgoing.objects.filter(bot_id=chat.bot_id, chat_id=chat.chat_id)
    number = reading.replied_to
    is_known = sent.filter(message_id__lte=number, last_message_id__gte=number).exists()
    return None if is_known else reading.told_ticket


def _is_sending(rows: QuerySet[Outgoing]) -> bool:
    return rows.filter(state=SendState.SENDING).exists()


def _tell_of_trouble(arrival: Arrival) -> None:
    assert arrival.chat_id is not None
    chat, link = load_chat(arrival.bot_id, arrival.chat_id)
    if link is None:
        return
    state = state_of(chat, link)
    with translation.override(spoken(link.language, link.user.language)):
        say = Say(str(texts.TROUBLE_OUTSIDE))
        if state.dialogue is not None and state.dialogue.step is Step.MESSAGE:
            say = Say(str(texts.TROUBLE), keyboards.writing(state.dialogue), is_step=True)
        queue_says(Place(chat, link), (say,), goes_on=state.dialogue is not None)
    chat.save(update_fields=["live", "live_slot"])
