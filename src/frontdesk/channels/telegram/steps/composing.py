"""Moves of the last step: messages and files are collected, then *Complete* sends them as one."""

from dataclasses import replace

from frontdesk.channels.telegram.steps import browsing, creating, keyboards, texts, wording
from frontdesk.channels.telegram.steps.asking import ask
from frontdesk.channels.telegram.steps.facts import Card, Facts
from frontdesk.channels.telegram.steps.given import Given, On, Why
from frontdesk.channels.telegram.steps.offers import Costs, OfferFact, price_in
from frontdesk.channels.telegram.steps.says import Act, Outcome, Rows, Say
from frontdesk.channels.telegram.steps.state import Dialogue, FilePart, State, Step, TextPart
from frontdesk.channels.telegram.steps.wording import fill
from frontdesk.support.thread import TEXT_LENGTH

# What Telegram lets a bot fetch.
TELEGRAM_FILE_BYTES = 20 * wording.MEGABYTE


def begin_reply(state: State, given: Given, facts: Facts) -> Outcome:
    """An answer to a ticket begins by its button."""
    card = facts.card
    if card is None:
        return browsing.no_such_ticket(state, given, facts)
    if card.is_solved:
        return browsing.closed_meanwhile(state, given, facts)
    if state.dialogue is None or state.dialogue.ticket != card.number:
        state = _answering(state, card, facts)
    return Outcome(state, (ask(state, facts),))


def begin_answer(state: State, given: Given, facts: Facts) -> Outcome:
    """An answer begins by Telegram's reply, whose words are kept even if the ticket is closed."""
    card = facts.card
    if card is None:
        return browsing.no_such_ticket(state, given, facts)
    if card.is_solved and given.on is On.OTHER:
        return browsing.closed_meanwhile(state, given, facts)
    state = _answering(state, card, facts)
    return Outcome(state.going_on(is_named=True, is_closed=card.is_solved))


def _answering(state: State, card: Card, facts: Facts) -> State:
    fresh = Dialogue(
        key=facts.new_key,
        step=Step.MESSAGE,
        ticket=card.number,
        provider=card.provider,
        limits=card.limits,
    )
    return state.model_copy(update={"dialogue": fresh})


def add_text(state: State, given: Given, facts: Facts) -> Outcome:
    """One more message, within the limits."""
    dialogue = open_dialogue(state)
    refused = why_refused(dialogue, given.text, texts.TOO_LONG)
    if refused:
        return tell(state.refusing(given.message_id), refused)
    return added(_with_text(state, given))


def add_file(state: State, given: Given, _facts: Facts) -> Outcome:
    """One more file: refused by number or size at once, else it is to be fetched and kept."""
    dialogue, file = open_dialogue(state), given.file
    assert file is not None
    if len(dialogue.files) >= dialogue.limits.files:
        return _too_many(state, given, dialogue.limits.files)
    if file.size is not None and file.size > TELEGRAM_FILE_BYTES:
        return _too_large_for_telegram(state, given, wording.megabytes(file.size))
    return Outcome(state, act=Act.KEEP_FILE)


def file_kept(state: State, given: Given, _facts: Facts) -> Outcome:
    """The file is stored; its caption is a message."""
    dialogue, file = open_dialogue(state), given.file
    assert file is not None
    part = FilePart(message_id=given.message_id, name=file.name)
    return _with_caption(state.going_on(files=(*dialogue.files, part)), given)


def file_refused(state: State, given: Given, _facts: Facts) -> Outcome:
    """The file was refused by a rule of the desk, or could not be fetched."""
    file, why = given.file, given.why
    assert file is not None
    assert why is not None
    if why is Why.TOO_MANY:
        return _too_many(state, given, given.limit)
    if why is Why.TOO_LARGE_FOR_TELEGRAM:
        # It was not told before, or was told wrongly.
        return _too_large_for_telegram(state, given, f"> {wording.megabytes(TELEGRAM_FILE_BYTES)}")
    html = fill(
        _FILE_REFUSALS[why],
        name=file.name,
        size=wording.megabytes(given.size),
        most=wording.megabytes(given.limit),
    )
    return _with_caption(state, given, refused=html)


def other_kind(state: State, _given: Given, _facts: Facts) -> Outcome:
    """A sticker, a contact, a location, a poll."""
    return tell(state, str(texts.OTHER_KIND))


def complete(state: State, _given: Given, _facts: Facts) -> Outcome:
    """Send it all as one, if there is anything."""
    dialogue = open_dialogue(state)
    if dialogue.is_empty:
        return tell(state, str(texts.NOTHING_YET))
    return Outcome(state, act=Act.REPLY if dialogue.is_reply else Act.OPEN)


def priced(state: State, given: Given, _facts: Facts) -> Outcome:
    """The ticket was not sent for its price: say what it takes now and ask."""
    dialogue, offer = open_dialogue(state), given.offer
    assert offer is not None
    state = state.going_on(shown=offer.code, is_agreed=False)
    if offer.costs in {Costs.NOTHING, Costs.ALLOWANCE}:
        words = texts.FREE_NOW if offer.costs is Costs.NOTHING else texts.USES_ALLOWANCE_NOW
        return tell(state, fill(words, available=offer.available))
    sums = {"price": offer.price, "balance": offer.balance, "after": offer.balance_after}
    if offer.costs is Costs.TOO_MUCH:
        html = fill(texts.CANNOT_PAY, **sums)
    elif dialogue.shown == offer.code:
        html = fill(texts.PAY_AND_SEND, department=dialogue.department_name, **sums)
    elif before := price_in(dialogue.shown):
        html = fill(texts.PRICE_CHANGED, before=before, **sums)
    else:
        html = fill(texts.MUST_BE_PAID_NOW, **sums)
    return tell(state, html, keyboards.paying(open_dialogue(state), offer))


def pay(state: State, given: Given, facts: Facts) -> Outcome:
    """*Pay*: agrees to the price on the button, if it is the one that was asked last."""
    dialogue = open_dialogue(state)
    if given.argument != dialogue.shown or dialogue.is_empty:
        return complete(state, given, facts)
    return Outcome(state.going_on(is_agreed=True), act=Act.OPEN)


def opened(state: State, given: Given, _facts: Facts) -> Outcome:
    """The ticket exists."""
    department = open_dialogue(state).department_name
    html = fill(texts.TICKET_SENT, number=given.number, department=department)
    if given.offer is not None:
        html = f"{html} {_taken(given.offer)}"
    say = Say(html, ((keyboards.show_tickets(),),), ticket=given.number)
    return Outcome(state.sent(given.number), (say,))


def replied(state: State, given: Given, _facts: Facts) -> Outcome:
    """The reply is in the thread."""
    html = fill(texts.REPLY_SENT, number=given.number)
    say = Say(html, ((keyboards.show_tickets(),),), ticket=given.number)
    return Outcome(state.sent(given.number), (say,))


def refused(state: State, given: Given, facts: Facts) -> Outcome:
    """The act was refused by a rule; what was written stays, except where it has no place."""
    why = given.why
    if why is Why.DEPARTMENT:
        return creating.department_refused(state, facts)
    if why is Why.SERVICE:
        return creating.service_refused(state, facts)
    if why is Why.SOLVED:
        html = fill(texts.CLOSED_WHILE_WRITING, number=given.number)
        return tell(state.going_on(is_closed=True), html)
    if why is Why.TOO_FAST:
        minutes = max(1, -(-given.limit // 60))
        return tell(state, fill(texts.TOO_FAST, count=minutes))
    if why is Why.NO_ROOM:
        return tell(state, str(texts.NO_ROOM_FOR_ALL))
    if why in {Why.EMPTY, Why.TOO_LONG}:
        return tell(state, str(texts.NOTHING_YET))
    gone = browsing.no_such_ticket(state.ended(), given, facts)
    return Outcome(gone.state, (*gone.says, *browsing.written(open_dialogue(state))))


def expired(state: State, _given: Given, _facts: Facts) -> Outcome:
    """A day has passed: nothing was sent, and what was written is shown back."""
    return Outcome(
        state.ended(), (Say(str(texts.EXPIRED)), *browsing.written(open_dialogue(state)))
    )


def _taken(offer: OfferFact) -> str:
    if offer.costs is Costs.ALLOWANCE:
        return str(texts.ALLOWANCE_USED)
    return fill(texts.CHARGED, price=offer.price, after=offer.balance_after)


def open_dialogue(state: State) -> Dialogue:
    """Return the dialogue, in a move that is made in one only."""
    assert state.dialogue is not None
    return state.dialogue


def tell(state: State, html: str, rows: Rows | None = None) -> Outcome:
    """Say something during the last step: the ways on stand under it."""
    buttons = keyboards.writing(open_dialogue(state)) if rows is None else rows
    return Outcome(state, (Say(html, buttons, is_step=True, ticket=open_dialogue(state).ticket),))


def added(state: State) -> Outcome:
    """Tell how much there is now, in one message that changes in place."""
    dialogue = open_dialogue(state)
    say = Say(
        wording.added(dialogue),
        keyboards.writing(dialogue),
        is_step=True,
        slot="added",
        in_place=True,
        ticket=dialogue.ticket,
    )
    return Outcome(state, (say,))


def _with_text(state: State, given: Given, text: str = "") -> State:
    part = TextPart(message_id=given.message_id, text=text or given.text)
    return state.going_on(texts=(*open_dialogue(state).texts, part))


def _with_caption(state: State, given: Given, refused: str = "") -> Outcome:
    """Add the words that came with a file, and tell what was not taken."""
    caption = given.file.caption if given.file else ""
    too_long = why_refused(open_dialogue(state), caption, texts.CAPTION_TOO_LONG) if caption else ""
    if too_long:
        state = state.refusing(given.message_id)
    elif caption:
        state = _with_text(state, given, caption)
    problems = "\n\n".join(filter(None, (refused, too_long)))
    return tell(state, problems) if problems else added(state)


def why_refused(dialogue: Dialogue, text: str, words: object) -> str:
    """Return why a text cannot be added; empty if it can."""
    most = dialogue.limits.symbols
    if len(text) > most:
        return fill(words, length=len(text), over=len(text) - most)
    whole = len(dialogue.text) + 2 + len(text)
    if whole > TEXT_LENGTH:
        return fill(texts.ALL_TOO_LONG, length=whole, over=whole - TEXT_LENGTH)
    return ""


def _too_large_for_telegram(state: State, given: Given, size: str) -> Outcome:
    assert given.file is not None
    most = wording.megabytes(TELEGRAM_FILE_BYTES)
    html = fill(texts.TOO_LARGE_FOR_TELEGRAM, name=given.file.name, size=size, most=most)
    return _with_caption(state, given, refused=html)


def _too_many(state: State, given: Given, most: int) -> Outcome:
    """Tell of an album once, with all of its files that were too many."""
    dialogue, file = open_dialogue(state), given.file
    assert file is not None
    same = bool(file.album) and file.album == dialogue.refused_album
    names = (*dialogue.refused_names, file.name) if same else (file.name,)
    state = state.going_on(refused_album=file.album, refused_names=names)
    html = fill(texts.TOO_MANY_FILES, count=len(names), most=most, names=wording.quoted(names))
    outcome = _with_caption(state, given, refused=html)
    told = replace(outcome.says[0], slot=f"album {file.album}", in_place=same)
    return Outcome(outcome.state, (told,))


_FILE_REFUSALS = {
    Why.TOO_LARGE: texts.TOO_LARGE,
    Why.PROGRAM: texts.PROGRAM_REFUSED,
    Why.EMPTY_FILE: texts.FILE_IS_EMPTY,
    Why.TOO_MUCH: texts.TOO_MUCH_WAITING,
    Why.NO_ROOM: texts.NO_ROOM,
    Why.INFECTED: texts.INFECTED,
    Why.UNSCANNED: texts.UNSCANNED,
    Why.UNREACHABLE: texts.FILE_UNREACHABLE,
}
