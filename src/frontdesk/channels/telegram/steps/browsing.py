"""Moves that work at any time: the list, a ticket's card, archive, the bot's own commands."""

from frontdesk.channels.telegram.steps import keyboards, texts, wording
from frontdesk.channels.telegram.steps.facts import Facts
from frontdesk.channels.telegram.steps.given import Given, On, Why
from frontdesk.channels.telegram.steps.says import Act, Button, Outcome, Say
from frontdesk.channels.telegram.steps.state import Dialogue, State
from frontdesk.channels.telegram.steps.wording import fill


def show_tickets(state: State, given: Given, facts: Facts) -> Outcome:
    """The active tickets; another page of them takes the place of the one before."""
    page = facts.tickets
    if not page.lines and page.page == 0:
        return _tell(state, str(texts.NO_ACTIVE_TICKETS), (keyboards.new_ticket(),))
    turned = given.on is On.TURN
    say = Say(str(texts.ACTIVE_TICKETS), keyboards.ticket_list(page), over_pressed=turned)
    return Outcome(state, (say,))


def show_card(state: State, _given: Given, facts: Facts) -> Outcome:
    """A ticket with its last message and files."""
    card = facts.card
    if card is None:
        return no_such_ticket(state, _given, facts)
    if card.is_solved:
        return closed_meanwhile(state, _given, facts)
    say = Say(wording.card(card), keyboards.card(card), ticket=card.number, files=card.files)
    return Outcome(state, (say,))


def ask_to_archive(state: State, given: Given, facts: Facts) -> Outcome:
    """Only a ticket that waits for the client is archived."""
    card = facts.card
    if card is None or card.is_solved or not card.waits_for_client:
        return show_card(state, given, facts)
    html = fill(texts.SURE_TO_ARCHIVE, number=card.number)
    return Outcome(state, (Say(html, keyboards.sure_to_archive(card.number)),))


def archive(state: State, given: Given, facts: Facts) -> Outcome:
    """Close the ticket; what came of it arrives next."""
    if facts.card is None or not facts.card.waits_for_client:
        return show_card(state, given, facts)
    return Outcome(state, act=Act.CLOSE)


def archived(state: State, given: Given, _facts: Facts) -> Outcome:
    """It left the list; the question loses its buttons."""
    html = fill(texts.ARCHIVED, number=given.number)
    say = Say(html, ((keyboards.show_tickets(),),), over_pressed=True)
    return Outcome(state, (say,))


def closed_meanwhile(state: State, given: Given, facts: Facts) -> Outcome:
    """Closed is final: offer a new one."""
    number = facts.card.number if facts.card else given.number
    rows = ((keyboards.about_this(number),), (keyboards.back_to_list(),))
    return Outcome(state, (Say(fill(texts.CLOSED_MEANWHILE, number=number), rows),))


def refused(state: State, given: Given, facts: Facts) -> Outcome:
    """Archiving was refused."""
    if given.why is Why.SOLVED:
        return closed_meanwhile(state, given, facts)
    return no_such_ticket(state, given, facts)


def no_such_ticket(state: State, _given: Given, _facts: Facts) -> Outcome:
    """What one may not see does not exist."""
    return _tell(state, str(texts.NO_SUCH_TICKET), (keyboards.show_tickets(),))


def say_help(state: State, _given: Given, _facts: Facts) -> Outcome:
    """The commands. An open dialogue goes on."""
    return Outcome(state, (Say(wording.commands()),))


def ask_language(state: State, _given: Given, _facts: Facts) -> Outcome:
    """The languages. An open dialogue goes on."""
    return Outcome(state, (Say(str(texts.WHICH_LANGUAGE), keyboards.languages()),))


def speak(state: State, given: Given, facts: Facts) -> Outcome:
    """Change the language, if the bot speaks it."""
    if given.argument not in dict(keyboards.LANGUAGES):
        return ask_language(state, given, facts)
    return Outcome(state, act=Act.SET_LANGUAGE)


def language_set(state: State, _given: Given, _facts: Facts) -> Outcome:
    """Said in the new language, over the question."""
    return Outcome(state, (Say(str(texts.LANGUAGE_SET), over_pressed=True),))


def unlink(state: State, _given: Given, _facts: Facts) -> Outcome:
    """Forget this chat."""
    return Outcome(state, act=Act.UNLINK)


def unlinked(_state: State, _given: Given, _facts: Facts) -> Outcome:
    """Nothing is remembered of a chat that is not linked."""
    return Outcome(State(), (Say(str(texts.UNLINKED)),))


def linked(_state: State, _given: Given, facts: Facts) -> Outcome:
    """Whose tickets are read here from now on."""
    html = str(texts.CONNECTED_AS_NO_CLIENT)
    if facts.places:
        html = fill(texts.CONNECTED, places=wording.places(facts.places))
    return _tell(State(), html, (keyboards.show_tickets(),))


def link_refused(state: State, _given: Given, _facts: Facts) -> Outcome:
    """The code is not valid; an existing link stays."""
    return Outcome(state, (Say(str(texts.LINK_REFUSED)),))


def cancelled(state: State, given: Given, _facts: Facts) -> Outcome:
    """Nothing goes on any more; what was not begun is not said to be cancelled."""
    words = texts.NOTHING_CHANGED if given.on is On.STOP else texts.NOTHING_TO_CANCEL
    if state.dialogue is not None:
        words = texts.CANCELLED
    buttons = (keyboards.show_tickets(), keyboards.new_ticket())
    return _tell(state.ended(), str(words), buttons)


def outside(state: State, _given: Given, _facts: Facts) -> Outcome:
    """Words that belong to no dialogue."""
    buttons = (keyboards.new_ticket(), keyboards.show_tickets())
    return _tell(state, str(texts.OUTSIDE), buttons)


def written(dialogue: Dialogue) -> tuple[Say, ...]:
    """What was written, shown back before it is forgotten."""
    parts = [part.text for part in dialogue.texts]
    if not parts:
        return ()
    quotes = (Say(fill("<blockquote>%(text)s</blockquote>", text=text)) for text in parts)
    return (Say(str(texts.WHAT_WAS_WRITTEN)), *quotes)


def _tell(state: State, html: str, buttons: tuple[Button, ...]) -> Outcome:
    return Outcome(state, (Say(html, (buttons,)),))
