"""The dialogue, pure: (state, what arrived, facts) -> (state, what is said, the act asked for)."""

from collections.abc import Callable

from frontdesk.channels.telegram.steps import browsing, composing, creating, editing, texts
from frontdesk.channels.telegram.steps.facts import Facts
from frontdesk.channels.telegram.steps.given import Given, On
from frontdesk.channels.telegram.steps.says import Outcome, Say
from frontdesk.channels.telegram.steps.state import State, Step
from frontdesk.channels.telegram.steps.wording import fill

Move = Callable[[State, Given, Facts], Outcome]

# Every transition: where the person is (None: in no dialogue), what arrives, what happens.
# ANYWHERE holds at every place that says nothing else.
ANYWHERE: dict[On, Move] = {
    On.START: browsing.show_tickets,
    On.CREATE: creating.begin,
    On.CANCEL_COMMAND: browsing.cancelled,
    On.HELP: browsing.say_help,
    On.LANGUAGE: browsing.ask_language,
    On.UNLINK: browsing.unlink,
    On.LIST: browsing.show_tickets,
    On.TURN: browsing.show_tickets,
    On.NEW: creating.begin,
    On.CARD: browsing.show_card,
    On.REPLY: composing.begin_reply,
    On.ARCHIVE: browsing.ask_to_archive,
    On.ARCHIVE_SURE: browsing.archive,
    On.ABOUT: creating.begin_about,
    On.STOP: browsing.cancelled,
    On.SPEAK: browsing.speak,
    On.LINKED: browsing.linked,
    On.LINK_REFUSED: browsing.link_refused,
    On.UNLINKED: browsing.unlinked,
    On.LANGUAGE_SET: browsing.language_set,
    On.CLOSED: browsing.archived,
}

TABLE: dict[tuple[Step | None, On], Move] = {
    # in no dialogue
    (None, On.TEXT): browsing.outside,
    (None, On.FILE): browsing.outside,
    (None, On.OTHER): browsing.outside,
    (None, On.EDITED): editing.edited_too_late,
    (None, On.REFUSED): browsing.refused,
    # which provider
    (Step.PROVIDER, On.CHOOSE): creating.choose,
    (Step.PROVIDER, On.TEXT): creating.choose_by_name,
    (Step.PROVIDER, On.PAGE): creating.turn_page,
    # which account
    (Step.ACCOUNT, On.CHOOSE): creating.choose,
    (Step.ACCOUNT, On.TEXT): creating.choose_by_name,
    (Step.ACCOUNT, On.PAGE): creating.turn_page,
    (Step.ACCOUNT, On.BACK): creating.go_back,
    # which department
    (Step.DEPARTMENT, On.CHOOSE): creating.choose,
    (Step.DEPARTMENT, On.TEXT): creating.choose_by_name,
    (Step.DEPARTMENT, On.PAGE): creating.turn_page,
    (Step.DEPARTMENT, On.BACK): creating.go_back,
    # what it costs
    (Step.PRICE, On.GO_ON): creating.accept_price,
    (Step.PRICE, On.TEXT): creating.ask_again,
    (Step.PRICE, On.BACK): creating.go_back,
    # what it is about
    (Step.SUBJECT, On.TEXT): creating.take_subject,
    (Step.SUBJECT, On.BACK): creating.go_back,
    # which service
    (Step.SERVICE, On.CHOOSE): creating.choose_service,
    (Step.SERVICE, On.TEXT): creating.name_service,
    (Step.SERVICE, On.PAGE): creating.turn_page,
    (Step.SERVICE, On.SKIP): creating.skip_service,
    (Step.SERVICE, On.BACK): creating.go_back,
    # the message, of a ticket or of a reply
    (Step.MESSAGE, On.TEXT): composing.add_text,
    (Step.MESSAGE, On.FILE): composing.add_file,
    (Step.MESSAGE, On.OTHER): composing.other_kind,
    (Step.MESSAGE, On.BACK): creating.go_back,
    (Step.MESSAGE, On.GO_ON_ABOUT): creating.go_on_about,
    (Step.MESSAGE, On.COMPLETE): composing.complete,
    (Step.MESSAGE, On.FILE_KEPT): composing.file_kept,
    (Step.MESSAGE, On.FILE_REFUSED): composing.file_refused,
    (Step.MESSAGE, On.PAY): composing.pay,
    (Step.MESSAGE, On.PRICED): composing.priced,
    (Step.MESSAGE, On.OPENED): composing.opened,
    (Step.MESSAGE, On.REPLIED): composing.replied,
    (Step.MESSAGE, On.REFUSED): composing.refused,
}

# In every step of a dialogue.
IN_DIALOGUE: dict[On, Move] = {
    On.CANCEL: browsing.cancelled,
    On.EDITED: editing.change_text,
    On.EXPIRED: composing.expired,
    On.FILE: creating.text_only,
    On.OTHER: creating.text_only,
}

# What begins something else, and so ends an open dialogue, in words.
ENDS_A_DIALOGUE = frozenset(
    {On.START, On.CREATE, On.UNLINK, On.LIST, On.TURN, On.NEW, On.CARD, On.REPLY, On.ARCHIVE}
    | {On.ARCHIVE_SURE, On.ABOUT, On.LINKED}
)


def step(state: State, given: Given, facts: Facts) -> Outcome:
    """Return what follows from one arrival. Nothing is read or written here."""
    if given.mark and not _is_of(state, given):
        return _old_button(state, given)
    if given.answers is not None:
        return _answer(state, given, facts)
    if state.dialogue is not None and _ends(state, given):
        return _end_first(state, given, facts)
    return _move(state, given)(state, given, facts)


def _move(state: State, given: Given) -> Move:
    where = state.dialogue.step if state.dialogue else None
    if move := TABLE.get((where, given.on)):
        return move
    if where is not None and given.on in IN_DIALOGUE:
        return IN_DIALOGUE[given.on]
    return ANYWHERE.get(given.on, _nothing)


def _nothing(state: State, given: Given, _facts: Facts) -> Outcome:
    """A second press of a button whose step is over, or the clock where nothing is open."""
    return Outcome(state, toast=str(texts.STEP_IS_OVER) if given.mark else "")


def _is_of(state: State, given: Given) -> bool:
    return state.dialogue is not None and state.dialogue.mark == given.mark


def _old_button(state: State, given: Given) -> Outcome:
    """A button of an older dialogue: sent already, or expired."""
    for done in state.finished:
        if done.mark == given.mark:
            return Outcome(state, toast=fill(texts.ALREADY_SENT, number=done.ticket))
    if state.dialogue is not None:
        return Outcome(state, toast=str(texts.STEP_IS_OVER))
    return Outcome(state, (Say(str(texts.EXPIRED)),))


def _answer(state: State, given: Given, facts: Facts) -> Outcome:
    """Telegram's reply to a ticket's message: begins an answer, or goes on with it."""
    if state.dialogue is not None and state.dialogue.ticket == given.answers:
        return _move(state, given)(state, given, facts)
    before = _farewell(state)
    begun = composing.begin_answer(state.ended(), given, facts)
    if begun.state.dialogue is None:
        return Outcome(begun.state, (*before, *begun.says))
    after = _move(begun.state, given)(begun.state, given, facts)
    return Outcome(after.state, (*before, *after.says), after.act)


def _ends(state: State, given: Given) -> bool:
    """Whether the arrival begins something else; answering the same ticket does not."""
    assert state.dialogue is not None
    if given.on is On.REPLY and state.dialogue.ticket == given.number_argument:
        return False
    return given.on in ENDS_A_DIALOGUE


def _end_first(state: State, given: Given, facts: Facts) -> Outcome:
    ended = state.ended()
    after = _move(ended, given)(ended, given, facts)
    return Outcome(after.state, (*_farewell(state), *after.says), after.act, after.toast)


def _farewell(state: State) -> tuple[Say, ...]:
    if state.dialogue is None:
        return ()
    words = texts.REPLY_CANCELLED if state.dialogue.is_reply else texts.TICKET_CANCELLED
    return (Say(str(words)),)
